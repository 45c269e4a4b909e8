import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { average, evennessScore } from '../../fixtures/statistics.js';
import { Rng } from '../rng/rng.js';
import { box } from './box.js';
import { contains } from './contains.js';
import { discrete } from './discrete.js';
import { sample } from './sample.js';
import type { Space } from './space.js';

const draws = 100_000;

/** `draws` samples of a box with one element. */
function drawMany(low: number, high: number): Float64Array {
  const rng = Rng.fromSeed(11);
  const space = box({ shape: [1], low, high });
  return Float64Array.from({ length: draws }, () => sample(space, rng)[0]!);
}

const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
const low = fc.oneof(fc.constant(-Infinity), finite);
const high = fc.oneof(fc.constant(Infinity), finite);

describe('sample', () => {
  test('a sample of a box is an element of it, whatever the bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(low, high), { minLength: 1, maxLength: 5 }), fc.integer(), (pairs, seed) => {
        const space = box({ shape: [pairs.length], low: pairs.map((pair) => Math.min(...pair)), high: pairs.map((pair) => Math.max(...pair)) });
        expect(contains(space, sample(space, Rng.fromSeed(seed)))).toBe(true);
      }),
    );
  });

  test('a sample of a choice is an element of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.integer(), (size, seed) => {
        expect(contains(discrete(size), sample(discrete(size), Rng.fromSeed(seed)))).toBe(true);
      }),
    );
  });

  test('the same seed gives the same sample', () => {
    const space: Space = box({ shape: [3], low: [0, 0, -Infinity], high: [1, Infinity, Infinity] });
    expect(sample(space, Rng.fromSeed(5))).toEqual(sample(space, Rng.fromSeed(5)));
  });

  test('choices come alike', () => {
    const rng = Rng.fromSeed(3);
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < draws; i++) counts[sample(discrete(7), rng)]! += 1;
    expect(Math.abs(evennessScore(counts))).toBeLessThan(5);
  });

  test('between finite bounds: uniform', () => {
    const counts = new Array<number>(64).fill(0);
    for (const x of drawMany(-3, 5)) counts[Math.floor((x + 3) * 8)]! += 1;
    expect(Math.abs(evennessScore(counts))).toBeLessThan(5);
  });

  test('no sample is outside the bounds that were given', () => {
    const space = box({ shape: [1], low: -0.1, high: 0.1 });
    const rng = { uniform: (_: number, high: number) => high } as Rng;
    expect(sample(space, rng)[0]).toBeLessThan(0.1);
  });

  test('of the most choices there can be, each may come', () => {
    expect(sample(discrete(2 ** 31), Rng.fromSeed(1))).toBeLessThan(2 ** 31);
  });

  test('equal bounds give the bound', () => {
    expect(sample(box({ shape: [2], low: 0.1, high: 0.1 }), Rng.fromSeed(0))).toEqual(new Float32Array([0.1, 0.1]));
  });

  // Gymnasium's rule; 5 standard errors: 1/√n for an exponential's mean, √(8/n) for its variance, √(2/n) for a normal's
  test('above a lower bound: exponential with mean 1 away from it', () => {
    const distances = drawMany(2, Infinity).map((x) => x - 2);
    expect(distances.every((x) => x >= 0)).toBe(true);
    expect(Math.abs(average(distances) - 1)).toBeLessThan(5 / Math.sqrt(draws));
    expect(Math.abs(average(distances, (x) => (x - 1) ** 2) - 1)).toBeLessThan(5 * Math.sqrt(8 / draws));
  });

  test('below an upper bound: exponential with mean 1 away from it', () => {
    const distances = drawMany(-Infinity, -2).map((x) => -2 - x);
    expect(distances.every((x) => x >= 0)).toBe(true);
    expect(Math.abs(average(distances) - 1)).toBeLessThan(5 / Math.sqrt(draws));
    expect(Math.abs(average(distances, (x) => (x - 1) ** 2) - 1)).toBeLessThan(5 * Math.sqrt(8 / draws));
  });

  test('without bounds: standard normal', () => {
    const values = drawMany(-Infinity, Infinity);
    expect(Math.abs(average(values))).toBeLessThan(5 / Math.sqrt(draws));
    expect(Math.abs(average(values, (x) => x * x) - 1)).toBeLessThan(5 * Math.sqrt(2 / draws));
  });
});
