import { InvalidOptionsError, parseOptions } from '@pg/core';
import { adam, sgd } from '@pg/nn';
import { describe, expect, test } from 'vitest';
import type { Refusal, Setting } from '../definition/definition.js';
import { definitionOf } from '../definition/plan-run.js';
import { reinforce } from './reinforce.js';
import { resolveRollouts } from './reinforce-rollouts.js';

const { schema } = definitionOf(reinforce);
const parse = (options: object) => parseOptions('reinforce', schema, options) as unknown as Parameters<typeof resolveRollouts>[0];
const resolve = (options: object, numEnvs: number, maxSteps: number) => {
  const setting: Setting = { numEnvs, maxSteps, policy: { name: 'categorical', critic: false, recurrent: false } };
  return { ...parse(options), ...resolveRollouts({ ...parse(options) }, setting) };
};

describe('options', () => {
  test('defaults', () => {
    expect(parse({})).toEqual({
      gamma: 0.99,
      baseline: 'none',
      shards: 1,
      rolloutsPerUpdate: 1,
      resetOnReward: false,
      standardize: false,
      entropyCoef: 0,
      valueCoef: 0.5,
      valueLoss: 'squared',
      reduction: 'mean',
      maxGradValue: Infinity,
      maxGradNorm: Infinity,
      learningRate: 1e-2,
      optimizer: adam(),
    });
  });

  test('keeps what is given', () => {
    const given = {
      gamma: 1,
      episodesPerUpdate: 4,
      baseline: 'value',
      shards: 2,
      rolloutsPerUpdate: 2,
      resetOnReward: true,
      standardize: 'episode',
      entropyCoef: () => 0.1,
      valueCoef: 0.25,
      valueLoss: { huber: 1 },
      reduction: 'sum',
      maxGradValue: 0.5,
      maxGradNorm: 1,
      learningRate: () => 1,
      optimizer: sgd(),
    };
    expect(parse(given)).toEqual(given);
  });
});

describe('resolveRollouts', () => {
  test.each([
    [1, 16],
    [3, 18],
    [8, 16],
    [16, 16],
    [20, 20],
    [32, 32],
  ])('%d environments: %d episodes an update by default', (numEnvs, episodesPerUpdate) => {
    expect(resolve({}, numEnvs, 100)).toMatchObject({ episodesPerUpdate });
  });

  test('keeps a multiple of the environments', () => {
    expect(resolve({ episodesPerUpdate: 8 }, 4, 100)).toMatchObject({ episodesPerUpdate: 8 });
  });

  test.each([
    [1, 4, 16],
    [3, 4, 24],
    [1, 20, 20],
  ])('%d environments and %d rollouts an update: %d episodes by default', (numEnvs, rolloutsPerUpdate, episodesPerUpdate) => {
    expect(resolve({ rolloutsPerUpdate }, numEnvs, 100)).toMatchObject({ episodesPerUpdate });
  });

  test('fixed rollouts take the place of episodes, with or without a time limit', () => {
    for (const limit of [100, Infinity]) {
      expect(resolve({ rolloutLength: 7 }, 4, limit)).toMatchObject({ episodesPerUpdate: undefined, rolloutLength: 7 });
    }
  });

  test.each<[string, object, number, number, string]>([
    [
      'both',
      { rolloutLength: 5, episodesPerUpdate: 4 },
      4,
      100,
      'reinforce: got both episodesPerUpdate: 4 and rolloutLength: 5; expected one of them. Remove one: updates come after whole episodes or after fixed rollouts.',
    ],
    [
      'episodes that never end',
      {},
      4,
      Infinity,
      'reinforce: got whole episodes of an environment without a time limit; expected episodes that end. Set rolloutLength, or give the environment a finite maxSteps.',
    ],
    [
      'no multiple',
      { episodesPerUpdate: 6 },
      4,
      100,
      'reinforce: got episodesPerUpdate: 6 with 4 environments; expected a multiple of 4. Use 8: each environment plays the same number of episodes.',
    ],
    [
      'no multiple of the rollouts',
      { episodesPerUpdate: 4, rolloutsPerUpdate: 3 },
      2,
      100,
      'reinforce: got episodesPerUpdate: 4 with 2 environments and rolloutsPerUpdate: 3; expected a multiple of 6. Use 6: each environment plays the same number of episodes.',
    ],
  ])('refuses %s', (_, options, numEnvs, maxSteps, message) => {
    const { got, expected, remedy } = resolve(options, numEnvs, maxSteps) as unknown as Refusal;
    expect(`reinforce: got ${got}; expected ${expected}. ${remedy}`).toBe(message);
  });
});

test.each<[object, string]>([
  [{ standardize: true }, "reinforce: got standardize: true; expected 'episode', 'batch' or false. Change \"standardize\"."],
  [{ valueLoss: { huber: 0 } }, 'expected \'squared\' or { huber: δ }, δ a number greater than 0. Change "valueLoss".'],
  [{ valueLoss: { huber: 1, delta: 1 } }, 'expected \'squared\' or { huber: δ }, δ a number greater than 0. Change "valueLoss".'],
  [{ rolloutsPerUpdate: 0 }, 'reinforce: got rolloutsPerUpdate: 0; expected a number at least 1.'],
  [{ entropyCoef: -1 }, 'reinforce: got entropyCoef: -1; expected a finite number at least 0, or a schedule (progress) => number.'],
])('refuses %j', (options, message) => {
  expect(() => parseOptions('reinforce', schema, options)).toThrow(InvalidOptionsError);
  expect(() => parseOptions('reinforce', schema, options)).toThrow(message);
});
