import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moments } from './moments.js';
import { standardize } from './standardize.js';

describe('standardize', () => {
  test('golden values', () => {
    expect(standardize(new Float32Array([2, 4, 4, 4, 5, 5, 7, 9]), 0)).toEqual(new Float32Array([-1.5, -0.5, -0.5, -0.5, 0, 0, 1, 2]));
  });

  test('adds ε to the standard deviation', () => {
    expect(standardize(new Float32Array([-1, 1]), 1)).toEqual(new Float32Array([-0.5, 0.5]));
  });

  test('works in place', () => {
    const values = new Float32Array([1, 2]);
    expect(standardize(values)).toBe(values);
    expect(values).toEqual(new Float32Array([-1, 1]));
  });

  test('equal values, one value and none', () => {
    expect(standardize(new Float32Array([0.1, 0.1, 0.1]))).toEqual(new Float32Array(3));
    expect(standardize(new Float32Array([7]))).toEqual(new Float32Array(1));
    expect(standardize(new Float32Array(0))).toEqual(new Float32Array(0));
  });

  test('gives mean 0 and standard deviation 1, and keeps the order', () => {
    const integers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 50 });
    fc.assert(
      fc.property(integers, (values) => {
        fc.pre(new Set(values).size > 1);
        const out = standardize(Float32Array.from(values));
        const { mean, std } = moments(out);
        // float32 rounding of numbers below √50
        expect(Math.abs(mean)).toBeLessThan(5e-7);
        expect(Math.abs(std - 1)).toBeLessThan(5e-7);
        for (let i = 1; i < values.length; i++) expect(Math.sign(out[i]! - out[i - 1]!)).toBe(Math.sign(values[i]! - values[i - 1]!));
      }),
    );
  });
});
