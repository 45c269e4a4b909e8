import { expect, test } from 'vitest';
import { fitsFloat32 } from './float32.js';

test.each<[unknown, boolean]>([
  [0, true],
  [-0, true],
  [1e-45, true],
  [7e-46, false],
  [-1e-46, false],
  [5e-324, false],
  [3.4028234663852886e38, true],
  [3.4028235677973366e38, false],
  [-1e39, false],
  [Number.POSITIVE_INFINITY, false],
  [Number.NaN, false],
  ['1', false],
  [undefined, false],
])('float32 keeps %s: %s', (value, kept) => {
  expect(fitsFloat32(value)).toBe(kept);
});
