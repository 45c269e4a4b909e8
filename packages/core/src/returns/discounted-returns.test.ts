import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvalidShapeError } from '../errors/kinds.js';
import { discountedReturns } from './discounted-returns.js';

const sequence = (rewards: number[], done: number[], numEnvs = 1) => ({ rewards: new Float32Array(rewards), done: new Uint8Array(done), numEnvs });

/** T×N rewards and episode ends. */
const sequences = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 })).chain(([steps, numEnvs]) => {
  const size = { minLength: steps * numEnvs, maxLength: steps * numEnvs };
  return fc
    .tuple(fc.array(fc.float({ min: -10, max: 10, noNaN: true }), size), fc.array(fc.constantFrom(0, 0, 0, 1), size))
    .map(([rewards, done]) => ({ ...sequence(rewards, done, numEnvs), steps }));
});
const discount = fc.double({ min: 0, max: 1, noNaN: true });

describe('discountedReturns', () => {
  test('golden: one episode', () => {
    expect(discountedReturns(sequence([1, 2, 3], [0, 0, 1]), { gamma: 0.5 })).toEqual(new Float32Array([2.75, 3.5, 3]));
  });

  test('golden: starts again behind an end', () => {
    expect(discountedReturns(sequence([1, 2, 4, 8], [0, 1, 0, 0]), { gamma: 0.5 })).toEqual(new Float32Array([2, 2, 8, 8]));
  });

  test('golden: two environments side by side, [T, N]', () => {
    expect(discountedReturns(sequence([1, 10, 2, 20, 4, 40], [0, 1, 0, 0, 0, 0], 2), { gamma: 0.5 })).toEqual(new Float32Array([3, 10, 4, 40, 4, 40]));
  });

  test('γ = 0 leaves the rewards, γ = 1 sums them', () => {
    expect(discountedReturns(sequence([1, 2, 3], [0, 0, 0]), { gamma: 0 })).toEqual(new Float32Array([1, 2, 3]));
    expect(discountedReturns(sequence([1, 2, 3], [0, 0, 0]), { gamma: 1 })).toEqual(new Float32Array([6, 5, 3]));
  });

  test('closed form: reward 1 for ever gives (1 − γ^n)/(1 − γ)', () => {
    const returns = discountedReturns(sequence(new Array(500).fill(1), new Array(500).fill(0)), { gamma: 0.99 });
    returns.forEach((value, t) => {
      expect(value).toBeCloseTo((1 - 0.99 ** (500 - t)) / 0.01, 4);
    });
  });

  test('equals the sum written out', () => {
    fc.assert(
      fc.property(sequences, discount, ({ steps, ...given }, gamma) => {
        const { rewards, done, numEnvs } = given;
        const returns = discountedReturns(given, { gamma });
        for (let env = 0; env < numEnvs; env++) {
          for (let t = 0; t < steps; t++) {
            let sum = 0;
            for (let k = t, weight = 1; k < steps; k++, weight *= gamma) {
              sum += weight * rewards[k * numEnvs + env]!;
              if (done[k * numEnvs + env]) break;
            }
            // half a unit of float32 for storing sums up to 120
            expect(Math.abs(returns[t * numEnvs + env]! - sum)).toBeLessThan(4e-6);
          }
        }
      }),
    );
  });

  test('an environment does not see its neighbours', () => {
    fc.assert(
      fc.property(sequences, discount, ({ steps: _, ...given }, gamma) => {
        const { numEnvs } = given;
        const column = <T extends Float32Array | Uint8Array>(array: T, env: number) => array.filter((_, i) => i % numEnvs === env) as T;
        const together = discountedReturns(given, { gamma });
        for (let env = 0; env < numEnvs; env++) {
          const alone = discountedReturns({ rewards: column(given.rewards, env), done: column(given.done, env), numEnvs: 1 }, { gamma });
          expect(column(together, env)).toEqual(alone);
        }
      }),
    );
  });

  test('an infinite return behind an end does not leak through it', () => {
    expect(discountedReturns(sequence([1, Infinity], [1, 1]), { gamma: 0 })).toEqual(new Float32Array([1, Infinity]));
  });

  test('writes where it is told to and leaves its input', () => {
    const given = sequence([1, 2], [0, 0]);
    const out = new Float32Array(2);
    expect(discountedReturns(given, { gamma: 1 }, out)).toBe(out);
    expect(out).toEqual(new Float32Array([3, 2]));
    expect(given.rewards).toEqual(new Float32Array([1, 2]));
  });

  test('of no steps is empty', () => {
    expect(discountedReturns(sequence([], [], 2), { gamma: 0.9 })).toEqual(new Float32Array(0));
  });

  test.each([
    ['ends of another length', sequence([1, 2], [0]), undefined, 'rewards [2], done [1], out [2] for numEnvs 1'],
    ['outputs of another length', sequence([1, 2], [0, 0]), new Float32Array(3), 'rewards [2], done [2], out [3] for numEnvs 1'],
    ['a part of a row', sequence([1, 2, 3], [0, 0, 0], 2), undefined, 'rewards [3], done [3], out [3] for numEnvs 2'],
    ['no environments', sequence([1, 2], [0, 0], 0), undefined, 'rewards [2], done [2], out [2] for numEnvs 0'],
    ['fewer than none', sequence([1, 2], [0, 0], -2), undefined, 'rewards [2], done [2], out [2] for numEnvs -2'],
    ['what has no rewards', {} as never, undefined, 'no rewards, no done, out [0] for numEnvs undefined'],
    ['half an environment', sequence([1, 2], [0, 0], 0.5), undefined, 'rewards [2], done [2], out [2] for numEnvs 0.5'],
  ])('refuses %s', (_, given, out, got) => {
    expect(() => discountedReturns(given, { gamma: 0.9 }, out)).toThrow(
      new InvalidShapeError({
        where: 'discountedReturns',
        got,
        expected: 'arrays of T × numEnvs elements, all of the same length, for at least one environment',
        remedy: 'Pass time-major [T, N] arrays.',
      }),
    );
  });

  test.each<[string, unknown, string]>([
    ['a number', 0.9, 'discountedReturns: got gamma: undefined; expected a number from 0 to 1. Change "gamma".'],
    ['more than 1', { gamma: 1.1 }, 'discountedReturns: got gamma: 1.1; expected a number from 0 to 1. Change "gamma".'],
  ])('refuses %s for the discount', (_, options, message) => {
    expect(() => discountedReturns(sequence([1], [0]), options as never)).toThrow(message);
  });
});
