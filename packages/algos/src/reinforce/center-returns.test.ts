import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centerReturns } from './center-returns.js';

const all = new Uint8Array(4).fill(1);
type Options = Parameters<typeof centerReturns>[2];

/** The returns after centring. */
function centered(returns: number[], valid: Uint8Array, options: Options, done = new Uint8Array(returns.length)): Float32Array {
  const array = new Float32Array(returns);
  centerReturns(array, { valid, done, numEnvs: 1 }, options);
  // of the two zeros either will do
  return array.map((value) => value + 0);
}

describe('golden values', () => {
  test.each<[string, Options, number[]]>([
    ['nothing', { baseline: 'none', standardize: false }, [1, 2, 3, 6]],
    ['the mean', { baseline: 'mean-return', standardize: false }, [-2, -1, 0, 3]],
    // standard deviation √(14/4)
    ['the mean and the deviation', { baseline: 'mean-return', standardize: 'batch' }, [-2, -1, 0, 3].map((x) => x / Math.sqrt(3.5))],
    ['standardisation alone subtracts the mean as well', { baseline: 'none', standardize: 'batch' }, [-2, -1, 0, 3].map((x) => x / Math.sqrt(3.5))],
  ])('%s', (_, options, expected) => {
    const got = centered([1, 2, 3, 6], all, options);
    expected.forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 6);
    });
  });

  test('steps that do not count are left out and set to 0', () => {
    const valid = new Uint8Array([1, 0, 1, 0]);
    expect(centered([1, 99, 3, -99], valid, { baseline: 'mean-return', standardize: false })).toEqual(new Float32Array([-1, 0, 1, 0]));
    expect(centered([1, 99, 3, -99], valid, { baseline: 'none', standardize: false })).toEqual(new Float32Array([1, 0, 3, 0]));
  });

  test.each(['batch', 'episode'] as const)('equal returns give zeros, not NaN (%s)', (standardize) => {
    expect(centered([5, 5, 5, 5], all, { baseline: 'none', standardize })).toEqual(new Float32Array(4));
  });

  test('each episode on its own: 1, 3 and 10, 20, 30, and one of a single step', () => {
    const done = new Uint8Array([0, 1, 0, 0, 1, 1]);
    const got = centered([1, 3, 10, 20, 30, 7], new Uint8Array(6).fill(1), { baseline: 'none', standardize: 'episode' }, done);
    const outer = Math.sqrt(1.5);
    [-1, 1, -outer, 0, outer, 0].forEach((value, i) => {
      expect(got[i]).toBeCloseTo(value, 6);
    });
  });

  test('episodes of two environments side by side; one waits, one is cut by the end of the rollout', () => {
    // environment 0: 1, 3 (ends), 99, 99 (waits); environment 1: 2 (ends), 10, 20, 30 (goes on)
    const returns = new Float32Array([1, 2, 3, 10, 99, 20, 99, 30]);
    const valid = new Uint8Array([1, 1, 1, 1, 0, 1, 0, 1]);
    const done = new Uint8Array([0, 1, 1, 0, 0, 0, 0, 0]);
    centerReturns(returns, { valid, done, numEnvs: 2 }, { baseline: 'none', standardize: 'episode' });
    const outer = Math.sqrt(1.5);
    [-1, 0, 1, -outer, 0, 0, 0, outer].forEach((value, i) => {
      expect(returns[i]! + 0).toBeCloseTo(value, 6);
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
      const values = centered(returns, valid, { baseline: 'none', standardize: 'batch' });
      const count = valid.reduce((sum, one) => sum + one, 0);
      expect(Math.abs(values.reduce((sum, x) => sum + x, 0) / count)).toBeLessThan(1e-5);
      expect(Math.abs(values.reduce((sum, x) => sum + x * x, 0) / count - 1)).toBeLessThan(1e-5);
      valid.forEach((counts, i) => {
        if (!counts) expect(values[i]).toBe(0);
      });
    }),
  );
});
