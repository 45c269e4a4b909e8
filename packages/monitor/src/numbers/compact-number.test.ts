import { expect, test } from 'vitest';
import { compactNumber } from './compact-number.js';

test.each([
  [0, '0'],
  [0.25, '0.25'],
  [999, '999'],
  [999.6, '1k'],
  [1234, '1.23k'],
  [42_000, '42k'],
  [999_949, '1M'],
  [1_234_567, '1.23M'],
  [-20_500_000, '-20.5M'],
  [3e9, '3G'],
])('%d is %s with 3 digits', (value, text) => {
  expect(compactNumber(value, 3)).toBe(text);
});
