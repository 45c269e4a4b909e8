import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { cosError, sinError } from '../../../core/fixtures/fixed-point.js';
import { sinCos } from './sin-cos.js';

/** [sin x, cos x]. */
function both(x: number): readonly [number, number] {
  const pair = Float64Array.of(x, 0);
  sinCos(pair);
  return [pair[0]!, pair[1]!];
}

/** The largest error over many arguments in units in the last place, and the share of results that are not the nearest float64. */
function errors(n: number, argument: (rng: Rng, i: number) => number): { most: number; share: number } {
  const rng = Rng.fromSeed(1);
  let [most, others] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = argument(rng, i);
    const [sine, cosine] = both(x);
    for (const error of [sinError(sine, x), cosError(cosine, x)]) {
      most = Math.max(most, error);
      if (error > 0.5) others += 1;
    }
  }
  return { most, share: others / (2 * n) };
}

describe('sinCos', () => {
  test.each<[string, (rng: Rng, i: number) => number]>([
    ['a turn', (rng) => rng.uniform(-Math.PI, Math.PI)],
    ['many turns', (rng) => rng.uniform(-1e5, 1e5)],
    ['every magnitude', (rng, i) => rng.uniform(-1, 1) * 10 ** ((i % 25) - 19)],
    ['near multiples of π/2', (rng, i) => ((i - 1500) * 63 * Math.PI) / 2 + rng.uniform(-1e-4, 1e-4)],
    ['at the borders of the quadrants', (rng, i) => ((i - 1500) * 126 + 1) * (Math.PI / 4) + rng.uniform(-1e-8, 1e-8)],
  ])('gives the nearest float64 or nearly so: %s', (_, argument) => {
    const { most, share } = errors(3000, argument);
    expect(most).toBeLessThan(0.53);
    expect(share).toBeLessThan(0.02);
  });

  test('special values', () => {
    expect(both(0)).toEqual([0, 1]);
    expect(both(-0)).toEqual([-0, 1]);
    expect(both(5e-324)).toEqual([5e-324, 1]);
    expect(both(Math.PI)).toEqual([1.2246467991473532e-16, -1]);
    expect(both(Math.PI / 2)).toEqual([1, 6.123233995736766e-17]);
    for (const x of [Infinity, -Infinity, Number.NaN]) expect(both(x)).toEqual([Number.NaN, Number.NaN]);
  });

  test('sine is odd, cosine even', () => {
    const rng = Rng.fromSeed(3);
    for (let i = 0; i < 1000; i++) {
      const x = rng.uniform(-30, 30);
      const [sine, cosine] = both(x);
      expect(both(-x)).toEqual([-sine, cosine]);
    }
  });
});
