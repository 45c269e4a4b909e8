import { expect, test } from 'vitest';
import { sparkline } from './sparkline.js';

test('goes from the lowest to the highest bar', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█');
});

test('averages groups when there are more numbers than bars', () => {
  expect(sparkline([0, 0, 6, 8, 0, 0], 3)).toBe('▁█▁');
});

test('has as many bars as numbers when they are few, and half height when they are equal', () => {
  expect(sparkline([5, 5], 10)).toBe('▄▄');
  expect(sparkline([], 10)).toBe('');
});
