import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logError } from '../../fixtures/fixed-point.js';
import { largestError } from '../../fixtures/largest-error.js';
import type { Rng } from '../rng/rng.js';
import { log } from './log.js';

/** The largest error over `n` arguments, in units in the last place. */
const worst = (n: number, argument: (rng: Rng, i: number) => number) => largestError(n, argument, (x) => logError(log(x), x));

/** A positive float64 of any size, every bit pattern alike. */
function anyPositive(rng: Rng): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setUint32(0, rng.integer(0x7ff00000));
  bits.setUint32(4, rng.uint32());
  return bits.getFloat64(0);
}

describe('log', () => {
  test('golden values', () => {
    expect(log(1)).toBe(0);
    expect(log(2)).toBe(Math.LN2);
    expect(log(0.5)).toBe(-Math.LN2);
    expect(log(10)).toBe(Math.LN10);
    expect(log(0.01)).toBe(-4.605170185988091);
    // the neighbour of the nearest float64, …1098: every engine gives this one
    expect(log(3)).toBe(1.0986122886681096);
    expect(log(Math.E)).toBe(1);
    // ε − ε²/2
    expect(log(1 + 2 ** -52)).toBe(2 ** -52 - 2 ** -105);
  });

  test('special values', () => {
    expect(log(0)).toBe(-Infinity);
    expect(log(-0)).toBe(-Infinity);
    expect(log(Infinity)).toBe(Infinity);
    expect(log(-1)).toBeNaN();
    expect(log(-5e-324)).toBeNaN();
    expect(log(-Infinity)).toBeNaN();
    expect(log(Number.NaN)).toBeNaN();
  });

  test('the ends of float64', () => {
    expect(log(Number.MAX_VALUE)).toBe(709.782712893384);
    expect(log(2.2250738585072014e-308)).toBe(-708.3964185322641);
    expect(log(2.225073858507201e-308)).toBe(-708.3964185322641);
    expect(log(5e-324)).toBe(-744.4400719213812);
  });

  test('is exact for powers of two up to one rounding of k·ln 2', () => {
    for (let k = -1074; k <= 1023; k++) if (k !== 0) expect(logError(log(2 ** k), 2 ** k)).toBeLessThan(0.51);
  });

  test('lies within 2 units in the last place', () => {
    expect(worst(5000, (rng) => 1 - rng.uniform())).toBeLessThan(2);
    expect(worst(5000, (_, i) => 0.4 + (i + 0.5) / 2500)).toBeLessThan(2);
    expect(worst(5000, anyPositive)).toBeLessThan(2);
    // subnormal
    expect(worst(2000, (rng) => (1 + rng.integer(2 ** 32)) * 5e-324)).toBeLessThan(2);
    // close to 1, where the logarithm is small
    expect(worst(2000, (rng, i) => 1 + rng.uniform(0.25, 0.5) * 2 ** -(i % 50))).toBeLessThan(2);
    expect(worst(2000, (rng, i) => 1 - rng.uniform(0.25, 0.5) * 2 ** -(i % 50))).toBeLessThan(2);
    // on either side of √2, where the power of two changes
    expect(worst(200, (_, i) => Math.SQRT2 + (i - 100) * 2 ** -52)).toBeLessThan(2);
  });

  test('grows with its argument', () => {
    const positive = fc.double({ min: 5e-324, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        // of neighbouring numbers the logarithms may differ by an error in the last place
        fc.pre(a * 1.0000001 < b);
        expect(log(a)).toBeLessThanOrEqual(log(b));
      }),
    );
  });
});
