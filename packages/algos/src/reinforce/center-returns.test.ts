import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centerReturns } from './center-returns.js';

const all = new Uint8Array(4).fill(1);
type Options = Parameters<typeof centerReturns>[2];

/** The returns after centring. */
function centered(returns: number[], valid: Uint8Array, options: Options): Float32Array {
  const array = new Float32Array(returns);
  centerReturns(array, valid, options);
  // of the two zeros either will do
  return array.map((value) => value + 0);
}

describe('golden values', () => {
  test.each<[string, Options, number[]]>([
    ['nothing', { baseline: 'none', standardize: false }, [1, 2, 3, 6]],
    ['the mean', { baseline: 'mean-return', standardize: false }, [-2, -1, 0, 3]],
    // standard deviation √(14/4)
    ['the mean and the deviation', { baseline: 'mean-return', standardize: true }, [-2, -1, 0, 3].map((x) => x / Math.sqrt(3.5))],
    ['standardisation alone subtracts the mean as well', { baseline: 'none', standardize: true }, [-2, -1, 0, 3].map((x) => x / Math.sqrt(3.5))],
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

  test('equal returns give zeros, not NaN', () => {
    expect(centered([5, 5, 5, 5], all, { baseline: 'none', standardize: true })).toEqual(new Float32Array(4));
  });
});

test('mean 0 and deviation 1 over the steps that count, whatever the returns', () => {
  const row = fc.tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.constantFrom(0, 1));
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      const counted = [-50, 50];
      const returns = [...counted, ...rows.map(([value]) => value)];
      const valid = new Uint8Array([1, 1, ...rows.map(([, counts]) => counts)]);
      const values = centered(returns, valid, { baseline: 'none', standardize: true });
      const count = valid.reduce((sum, one) => sum + one, 0);
      expect(Math.abs(values.reduce((sum, x) => sum + x, 0) / count)).toBeLessThan(1e-5);
      expect(Math.abs(values.reduce((sum, x) => sum + x * x, 0) / count - 1)).toBeLessThan(1e-5);
      valid.forEach((counts, i) => {
        if (!counts) expect(values[i]).toBe(0);
      });
    }),
  );
});
