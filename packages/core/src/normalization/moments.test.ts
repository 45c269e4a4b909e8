import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moments } from './moments.js';

const numbers = fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('moments', () => {
  test('golden values', () => {
    expect(moments([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, std: 2 });
    expect(moments(new Float32Array([-1, 1]))).toEqual({ mean: 0, std: 1 });
  });

  test('of one number and of none', () => {
    expect(moments([3])).toEqual({ mean: 3, std: 0 });
    expect(moments([])).toEqual({ mean: 0, std: 0 });
  });

  test('small differences of large numbers keep their spread', () => {
    expect(moments([1e9, 1e9 + 1, 1e9 + 2]).std).toBeCloseTo(Math.sqrt(2 / 3), 15);
  });

  test('shifting moves the mean, scaling multiplies both', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: -100, max: 100 }), fc.integer({ min: 0, max: 10 }), (values, shift, scale) => {
        const { mean, std } = moments(values);
        const moved = moments(values.map((x) => scale * x + shift));
        expect(Math.abs(moved.mean - (scale * mean + shift))).toBeLessThan(1e-6);
        expect(Math.abs(moved.std - scale * std)).toBeLessThan(1e-6);
      }),
    );
  });

  test('mean² + std² is the mean square', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { mean, std } = moments(values);
        const meanSquare = values.reduce((sum, x) => sum + x * x, 0) / values.length;
        expect(Math.abs(mean ** 2 + std ** 2 - meanSquare)).toBeLessThanOrEqual(1e-12 * meanSquare);
      }),
    );
  });
});
