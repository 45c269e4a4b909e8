import { InvalidActionError } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { levers } from '../../fixtures/policies.js';
import { linear } from '../networks/linear.js';
import { diagonalGaussian } from '../specs/diagonal-gaussian.js';
import { createPolicy } from './create-policy.js';

const obs = new Float32Array(3);

/** A squashed policy whose means and log σ are the given ones, whatever it sees. */
function squashed(mean: readonly number[], logStd: readonly number[]) {
  const policy = createPolicy(diagonalGaussian({ network: linear(), squash: true }), levers, { seed: 3 });
  policy.parameters.find(({ name }) => name === 'heads.mean.0.bias')!.values.set(mean);
  policy.parameters.find(({ name }) => name === 'logStd')!.values.set(logStd);
  return policy;
}

const [low, high] = [
  [-1, 0],
  [1, 5],
] as const;

/** The density of one squashed number, from the change of variables. */
function logDensity(a: number, j: 0 | 1, mean: number, logStd: number): number {
  const share = (a - low[j]) / (high[j] - low[j]);
  const u = 0.5 * Math.log(share / (1 - share));
  const slope = 2 * share * (1 - share) * (high[j] - low[j]);
  return -0.5 * ((u - mean) / Math.exp(logStd)) ** 2 - logStd - 0.5 * Math.log(2 * Math.PI) - Math.log(slope);
}

describe('log-probabilities', () => {
  test('are those of the density over the bounds', () => {
    const policy = squashed([0.3, -0.7], [0.2, -0.4]);
    for (const action of [
      [0, 2.5],
      [-0.9, 0.5],
      [0.99, 4.9],
    ] as const) {
      const expected = logDensity(action[0], 0, 0.3, 0.2) + logDensity(action[1], 1, -0.7, -0.4);
      expect(policy.logProb(obs, Float32Array.from(action))).toBeCloseTo(expected, 4);
    }
  });

  test('are finite at the bounds, and high where the mean saturates', () => {
    const policy = squashed([9, -9], [0, 0]);
    const atBounds = policy.logProb(obs, Float32Array.of(1, 0));
    expect(atBounds).toBeGreaterThan(25);
    expect(Number.isFinite(policy.logProb(obs, Float32Array.of(-1, 5)))).toBe(true);
    expect(policy.logProb(obs, Float32Array.of(-1, 5))).toBeLessThan(-250);
  });

  test('of actions outside are refused', () => {
    const policy = squashed([0, 0], [0, 0]);
    expect(() => policy.logProb(obs, Float32Array.of(1.1, 1))).toThrow(InvalidActionError);
    expect(() => policy.logProb(obs, Float32Array.of(0, Number.NaN))).toThrow('expected an element of Box<[2]>');
  });
});

describe('actions', () => {
  test('fill the bounds and are not heaped up at them', () => {
    const policy = squashed([0, 0], [0, 0]);
    const drawn = Array.from({ length: 2000 }, () => policy.act(obs));
    expect(drawn.every(([a, b]) => a! > -1 && a! < 1 && b! > 0 && b! < 5)).toBe(true);
    // the share of u ~ N(0, 1) below 1 is 0.8413: a < tanh 1
    const below = drawn.filter(([a]) => a! < Math.tanh(1)).length / 2000;
    expect(Math.abs(below - 0.8413)).toBeLessThan(5 * Math.sqrt((0.8413 * 0.1587) / 2000));
  });

  test('the greedy one is the squashed mean', () => {
    const [a, b] = squashed([0.5, -1], [1, 1]).act(obs, { greedy: true });
    expect(a).toBeCloseTo(Math.tanh(0.5), 6);
    expect(b).toBeCloseTo(2.5 + 2.5 * Math.tanh(-1), 5);
  });
});

test.each([
  [
    [0, 0],
    [0, 0],
  ],
  [
    [1.5, -2],
    [-1, 0.5],
  ],
  [
    [-6, 0.1],
    [2, -5],
  ],
])('the entropy for the means %j and log σ %j is −∫π log π', (mean, logStd) => {
  // by the midpoint rule over u, whose density is normal
  const expected = [0, 1].reduce((sum, j) => {
    const step = 1e-3;
    let entropy = 0;
    for (let z = -9 + step / 2; z < 9; z += step) {
      const u = mean[j]! + Math.exp(logStd[j]!) * z;
      const logSlope = Math.log((high[j]! - low[j]!) / 2) - 2 * (Math.abs(u) + Math.log1p(Math.exp(-2 * Math.abs(u))) - Math.LN2);
      entropy += ((step * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI)) * (0.5 * z * z + logStd[j]! + 0.5 * Math.log(2 * Math.PI) + logSlope);
    }
    return sum + entropy;
  }, 0);
  expect(Math.abs(squashed(mean, logStd).entropy(obs) - expected)).toBeLessThan(2e-4);
});
