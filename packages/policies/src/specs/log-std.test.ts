import { box, NonFiniteError } from '@pg/core';
import { constant } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import { linear } from '../networks/linear.js';
import { createPolicy } from '../policy/create-policy.js';
import { actorCritic } from './actor-critic.js';
import { diagonalGaussian } from './diagonal-gaussian.js';

const spaces = { observationSpace: box({ shape: [1], low: -1, high: 1 }), actionSpace: box({ shape: [1], low: -1e30, high: 1e30 }) };
const obs = Float32Array.of(1);

const withLogStd = (value: number, squash = false) => {
  const actionSpace = squash ? box({ shape: [1], low: -1, high: 1 }) : spaces.actionSpace;
  const policy = createPolicy(diagonalGaussian({ network: linear(), squash }), { ...spaces, actionSpace });
  for (const { name, values } of policy.parameters) if (name === 'logStd') values.fill(value);
  return policy;
};

describe('a free log σ that has left its range', () => {
  test.each([-110, -1e30, -3.4e38])('%d counts as −20', (logStd) => {
    using policy = withLogStd(logStd);
    const mode = policy.act(obs, { greedy: true });
    expect(policy.logProb(obs, mode)).toBeCloseTo(20 - 0.5 * Math.log(2 * Math.PI), 4);
    expect(policy.entropy(obs)).toBeCloseTo(-20 + 0.5 * Math.log(2 * Math.PI * Math.E), 4);
    expect(Math.abs(policy.act(obs)[0]! - mode[0]!)).toBeLessThan(1e-6);
  });

  test.each([90, 1e30])('%d counts as 20', (logStd) => {
    using policy = withLogStd(logStd);
    expect(Math.abs(policy.act(obs)[0]!)).toBeLessThan(1e11);
    expect(policy.logProb(obs, Float32Array.of(0))).toBeCloseTo(-20 - 0.5 * Math.log(2 * Math.PI), 4);
  });

  test.each([-110, 90])('%d in a squashed policy gives finite densities of its actions', (logStd) => {
    using policy = withLogStd(logStd, true);
    for (let i = 0; i < 20; i++) expect(Number.isFinite(policy.logProb(obs, policy.act(obs)))).toBe(true);
    expect(Number.isFinite(policy.entropy(obs))).toBe(true);
  });
});

test('a density of 0 is −∞', () => {
  using policy = withLogStd(-20);
  expect(policy.logProb(obs, Float32Array.of(1e20))).toBe(Number.NEGATIVE_INFINITY);
});

test('numbers that are none are told with the true reason', () => {
  using policy = createPolicy(actorCritic({ encoder: linear(), valueOutput: { weightInit: constant(3e38) } }), spaces);
  expect(() => policy.value(Float32Array.of(3e38))).toThrow('policy.value: got Infinity; expected a finite number. The parameters are finite but too large');
  for (const { name, values } of policy.parameters) if (name === 'logStd') values.fill(Number.NaN);
  expect(() => policy.logProb(obs, Float32Array.of(0))).toThrow(
    'policy.logProb: got NaN from NaN or infinity in the parameter logStd; expected a finite number. Load good parameters, and lower the learning rate.',
  );
  expect(() => policy.entropy(obs)).toThrow(NonFiniteError);
});

test('starting values that are not finite are refused when the policy is made', () => {
  const make = (weightInit: () => Float32Array) => createPolicy(diagonalGaussian({ network: linear(), output: { weightInit } }), spaces);
  expect(() => make(() => Float32Array.of(Number.NaN))).toThrow(
    'initialParameters: got NaN among the starting values of heads.mean.0.weight; expected finite numbers.',
  );
});
