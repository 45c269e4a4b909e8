import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosError, sinError } from '../../fixtures/fixed-point.js';
import { largestError } from '../../fixtures/largest-error.js';
import type { Rng } from '../rng/rng.js';
import { cos, sin } from './sin-cos.js';

/** The largest error of sine and cosine over `n` arguments, in units in the last place. */
const worst = (n: number, argument: (rng: Rng, i: number) => number) => largestError(n, argument, (x) => Math.max(sinError(sin(x), x), cosError(cos(x), x)));

describe('sin and cos', () => {
  test('golden values', () => {
    expect(sin(1)).toBe(0.8414709848078965);
    expect(cos(1)).toBe(0.5403023058681398);
    expect(sin(-1)).toBe(-0.8414709848078965);
    expect(cos(-1)).toBe(0.5403023058681398);
    expect(sin(Math.PI / 2)).toBe(1);
    expect(cos(Math.PI)).toBe(-1);
    // the float64 π is 1.22e-16 short of π
    expect(sin(Math.PI)).toBe(1.2246467991473532e-16);
    expect(cos(Math.PI / 2)).toBe(6.123233995736766e-17);
    expect(sin(100000)).toBe(0.03574879797201651);
    expect(cos(100000)).toBe(-0.9993608074382124);
  });

  test('special values', () => {
    expect(sin(0)).toBe(0);
    expect(sin(-0)).toBe(-0);
    expect(cos(0)).toBe(1);
    expect(cos(-0)).toBe(1);
    for (const x of [Infinity, -Infinity, Number.NaN]) {
      expect(sin(x)).toBeNaN();
      expect(cos(x)).toBeNaN();
    }
  });

  test.each([5e-324, 2.2250738585072014e-308, 1e-300, 1e-20, 1e-9])('sin(%d) is its argument, the cosine 1', (x) => {
    expect(sin(x)).toBe(x);
    expect(sin(-x)).toBe(-x);
    expect(cos(x)).toBe(1);
  });

  test('lie within 1 unit in the last place up to 10^5', () => {
    expect(worst(3000, (rng) => rng.uniform(-Math.PI, Math.PI))).toBeLessThan(1);
    expect(worst(3000, (rng) => rng.uniform(-1e5, 1e5))).toBeLessThan(1);
    // of every magnitude
    expect(worst(2000, (rng, i) => rng.uniform(-1, 1) * 10 ** ((i % 25) - 19))).toBeLessThan(1);
    // the float64 nearest to each multiple of π/2, and its neighbourhood: the reduction cancels nearly everything
    expect(worst(2000, (_, i) => ((i - 1000) * 63 * Math.PI) / 2 || 1)).toBeLessThan(1);
    expect(worst(2000, (rng, i) => ((i - 1000) * 63 * Math.PI) / 2 + rng.uniform(-1e-4, 1e-4))).toBeLessThan(1);
    // the borders of the quadrants
    expect(worst(2000, (rng, i) => ((i - 1000) * 126 + 1) * (Math.PI / 4) + rng.uniform(-1e-8, 1e-8))).toBeLessThan(1);
  });

  const angle = fc.double({ min: -1e5, max: 1e5, noNaN: true });

  test('sine is odd, cosine even', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(sin(-x)).toBe(-sin(x));
        expect(cos(-x)).toBe(cos(x));
      }),
    );
  });

  test('lie on the unit circle', () => {
    fc.assert(
      fc.property(angle, (x) => {
        expect(Math.abs(sin(x))).toBeLessThanOrEqual(1);
        expect(Math.abs(cos(x))).toBeLessThanOrEqual(1);
        expect(Math.abs(sin(x) ** 2 + cos(x) ** 2 - 1)).toBeLessThan(2 ** -51);
      }),
    );
  });
});
