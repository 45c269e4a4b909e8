import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alone } from '../update/alone.js';
import { total } from '../update/total.js';
import { momentsOf, standardize, standardizeEpisodes, subtract } from './moments-of.js';

const all = new Uint8Array(4).fill(1);
type Way = 'none' | 'mean' | 'batch' | 'episode';

/** The returns after centring. */
function centered(returns: number[], valid: Uint8Array, way: Way, done = new Uint8Array(returns.length), numEnvs = 1): Float32Array {
  const array = new Float32Array(returns);
  if (way === 'batch') alone(standardize(array, valid));
  else if (way === 'episode') standardizeEpisodes(array, { valid, done, numEnvs });
  else subtract(array, valid, way === 'mean' ? alone(total(momentsOf(array, valid))).mean : 0);
  // of the two zeros either will do
  return array.map((value) => value + 0);
}

describe('golden values', () => {
  test.each<[string, Way, number[]]>([
    ['nothing', 'none', [1, 2, 3, 6]],
    ['the mean', 'mean', [-2, -1, 0, 3]],
    // standard deviation √(14/4)
    ['the mean and the deviation', 'batch', [-2, -1, 0, 3].map((x) => x / Math.sqrt(3.5))],
  ])('%s', (_, way, expected) => {
    const got = centered([1, 2, 3, 6], all, way);
    expected.forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 6);
    });
  });

  test('steps that do not count are left out and set to 0', () => {
    const valid = new Uint8Array([1, 0, 1, 0]);
    expect(centered([1, 99, 3, -99], valid, 'mean')).toEqual(new Float32Array([-1, 0, 1, 0]));
    expect(centered([1, 99, 3, -99], valid, 'none')).toEqual(new Float32Array([1, 0, 3, 0]));
  });

  test.each(['batch', 'episode'] as const)('equal returns give zeros, not NaN (%s)', (way) => {
    expect(centered([5, 5, 5, 5], all, way)).toEqual(new Float32Array(4));
  });

  test('each episode on its own: 1, 3 and 10, 20, 30, and one of a single step', () => {
    const done = new Uint8Array([0, 1, 0, 0, 1, 1]);
    const got = centered([1, 3, 10, 20, 30, 7], new Uint8Array(6).fill(1), 'episode', done);
    const outer = Math.sqrt(1.5);
    [-1, 1, -outer, 0, outer, 0].forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 6);
    });
  });

  test('episodes of two environments side by side; one waits, one is cut by the end of the rollout', () => {
    // environment 0: 1, 3 (ends), 99, 99 (waits); environment 1: 2 (ends), 10, 20, 30 (goes on)
    const returns = [1, 2, 3, 10, 99, 20, 99, 30];
    const valid = new Uint8Array([1, 1, 1, 1, 0, 1, 0, 1]);
    const done = new Uint8Array([0, 1, 1, 0, 0, 0, 0, 0]);
    const got = centered(returns, valid, 'episode', done, 2);
    const outer = Math.sqrt(1.5);
    [-1, 0, 1, -outer, 0, 0, 0, outer].forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 6);
    });
  });
});

test('mean 0 and deviation 1 over the steps that count, whatever the returns', () => {
  const row = fc.tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.constantFrom(0, 1));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      const counted = [-50, 50];
      const returns = [...counted, ...rows.map(([value]) => value)];
      const valid = new Uint8Array([1, 1, ...rows.map(([, counts]) => counts)]);
      const values = centered(returns, valid, 'batch');
      const count = valid.reduce((sum, one) => sum + one, 0);
      expect(Math.abs(values.reduce((sum, x) => sum + x, 0) / count)).toBeLessThan(1e-5);
      expect(Math.abs(values.reduce((sum, x) => sum + x * x, 0) / count - 1)).toBeLessThan(1e-5);
      valid.forEach((counts, i) => {
        if (!counts) expect(values[i]).toBe(0);
      });
    }),
  );
});
