import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histogramOf } from './histogram.js';

/** Limits of TensorFlow's buckets above zero. */
const positive = (() => {
  const limits: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) limits.push(limit);
  return limits;
})();

describe('histogramOf', () => {
  test('zeros lie between zero and the first limit', () => {
    expect(histogramOf([0, 0, 0])).toEqual({
      min: 0,
      max: 0,
      count: 3,
      sum: 0,
      sumOfSquares: 0,
      limits: [0, 1e-12, Number.MAX_VALUE],
      buckets: [0, 3, 0],
    });
  });

  test('a one lies between the limits of TensorFlow around it', () => {
    const above = positive.find((limit) => limit > 1)!;
    const below = positive.findLast((limit) => limit <= 1)!;
    const { limits, buckets } = histogramOf([1]);
    expect(limits).toEqual([below, above, Number.MAX_VALUE]);
    expect(buckets).toEqual([0, 1, 0]);
  });

  test('leaves out what is not finite', () => {
    expect(histogramOf([Number.NaN, Number.POSITIVE_INFINITY])).toMatchObject({ count: 0, limits: [Number.MAX_VALUE], buckets: [0] });
    expect(histogramOf([Number.NaN, 3])).toMatchObject({ count: 1, min: 3, max: 3, sum: 3, sumOfSquares: 9 });
  });

  test('each bucket holds what lies between its limits, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const { limits, buckets } = histogramOf(values);
        const counted = limits.map((limit, bucket) => {
          const from = limits[bucket - 1] ?? Number.NEGATIVE_INFINITY;
          const last = bucket === limits.length - 1;
          return values.filter((value) => value >= from && (value < limit || last)).length;
        });
        expect(buckets).toEqual(counted);
        expect(buckets.some((count, bucket) => count === 0 && buckets[bucket + 1] === 0)).toBe(false);
      }),
    );
  });
});
