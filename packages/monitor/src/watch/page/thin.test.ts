import { expect, test } from 'vitest';
import { bandPath, linePath } from './paths.js';
import { nearest, thin } from './thin.js';

const xs = [1, 2, 3, 4, 5, 6];
const curve = { mean: [1, Number.NaN, 3, 5, 7, 9], low: [0, Number.NaN, 2, -9, 7, 8], high: [2, Number.NaN, 50, 5, 7, 10] };

test('stretches without a value are left out', () => {
  expect(thin(xs, curve, 100)).toEqual({ xs: [1, 3, 4, 5, 6], mean: [1, 3, 5, 7, 9], low: [0, 2, -9, 7, 8], high: [2, 50, 5, 7, 10] });
});

test('neighbours become one without losing a peak', () => {
  expect(thin(xs, curve, 2)).toEqual({ xs: [4, 6], mean: [3, 8], low: [-9, 7], high: [50, 10] });
});

test('stretches without a place are left out', () => {
  expect(thin([1, 2, Number.NaN, 4], { mean: [1, 2, 3, 4], low: [1, 2, 3, 4], high: [1, 2, 3, 4] }, 100).xs).toEqual([1, 2, 4]);
});

test('nothing stays nothing', () => {
  expect(thin(xs, { mean: [], low: [], high: [] }, 10).xs).toEqual([]);
});

test('the nearest step', () => {
  expect([-5, 14, 16, 24, 99].map((step) => nearest([0, 10, 20, 30], step))).toEqual([0, 1, 2, 2, 3]);
  expect(nearest([7], 3)).toBe(0);
});

test('paths', () => {
  const place = { x: (x: number) => x * 10, y: (value: number) => 100 - value };
  const values = { xs: [0, 1], mean: [1, 2.06], low: [1, 1], high: [1, 4] };
  expect(linePath(values, place)).toBe('M0,99L10,97.9');
  expect(bandPath(values, place)).toBe('M0,99L10,96L10,99L0,99Z');
  expect(bandPath({ ...values, low: values.mean, high: values.mean }, place)).toBe('');
});
