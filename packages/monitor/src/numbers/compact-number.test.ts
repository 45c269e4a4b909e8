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
  [999e12, '999T'],
  [999.9e12, '1e15'],
  [-1.234e30, '-1.23e30'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('%d is %s with 3 digits', (value, text) => {
  expect(compactNumber(value, 3)).toBe(text);
});
