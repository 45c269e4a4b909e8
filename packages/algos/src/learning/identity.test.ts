import { box, oneHot } from '@pg/core';
import { vectorize } from '@pg/envs';
import { identityEnv } from '@pg/envs/testing';
import { actorCritic, actorCriticGru, actorCriticLstm, bernoulli, categorical, diagonalGaussian, linear, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import { a3c } from '../a3c/a3c.js';
import { a2c } from '../algorithms/a2c.js';
import { ppo } from '../algorithms/ppo.js';
import { reinforce } from '../algorithms/reinforce.js';
import type { AnyEnv, AnyPolicy } from '../builder/fits.js';

/** The observation is the right action: the least that every policy has to learn with every algorithm. */
const MAX_STEPS = 20;
const choices = (count: number) => identityEnv(count, { maxSteps: MAX_STEPS }).pipe(oneHot());
const interval = () => identityEnv(box({ shape: [1], low: -1, high: 1 }), { maxSteps: MAX_STEPS });

type Compose = (env: AnyEnv, policy: AnyPolicy) => { build(options: { seed: number }): AnyLearner };
// biome-ignore lint/suspicious/noExplicitAny: what fits is in the tables
const untyped = (builder: unknown) => builder as any;

const algorithms: Readonly<Record<string, Compose>> = {
  REINFORCE: (env, policy) => untyped(reinforce()).env(env).policy(policy).options({ gamma: 0, rolloutLength: 20, standardize: 'batch', learningRate: 0.02 }),
  'REINFORCE, value baseline': (env, policy) =>
    untyped(reinforce()).env(env).policy(policy).options({ gamma: 0, rolloutLength: 20, baseline: 'value', standardize: 'batch', learningRate: 0.02 }),
  A2C: (env, policy) => untyped(a2c()).env(env).policy(policy).options({ gamma: 0, rolloutLength: 20, normalizeAdvantages: true, learningRate: 0.02 }),
  A3C: (env, policy) => untyped(a3c()).env(env).policy(policy).options({ gamma: 0, normalizeAdvantages: true, reduction: 'mean', learningRate: 0.02 }),
  PPO: (env, policy) => untyped(ppo()).env(env).policy(policy).options({ gamma: 0, rolloutLength: 20, minibatchSize: 80, epochs: 5, learningRate: 0.01 }),
};

const memory = { encoder: mlp([]), units: 16 };
const encoder = mlp([16]);
const actorCritics: readonly (readonly [string, AnyPolicy])[] = [
  ['actorCritic, shared', actorCritic({ encoder })],
  ['actorCritic, separate', actorCritic({ encoder, shared: false })],
];
const recurrent: readonly (readonly [string, AnyPolicy])[] = [
  ['actorCriticLstm', actorCriticLstm(memory)],
  ['actorCriticGru', actorCriticGru(memory)],
];
const squashed: readonly (readonly [string, AnyPolicy])[] = [
  ['actorCritic, squashed', actorCritic({ encoder, squash: true })],
  ['actorCritic, squashed, log σ of a head', actorCritic({ encoder, squash: true, logStd: 'head' })],
];
const critics = [...actorCritics, ...recurrent];

/** Which algorithms a policy fits: those with a critic all, but recurrent ones not PPO. */
const withCritics = (policies: typeof actorCritics) =>
  policies.flatMap(([name, policy]) =>
    Object.keys(algorithms).flatMap((algorithm) => (algorithm === 'PPO' && policy.recurrent ? [] : [[algorithm, name, policy] as const])),
  );

describe('choices', () => {
  test.each<readonly [string, string, AnyPolicy, number]>([
    ['REINFORCE', 'categorical', categorical({ network: linear() }), 4],
    ['REINFORCE', 'categorical on hidden layers', categorical({ network: mlp([16]) }), 4],
    ['REINFORCE', 'bernoulli', bernoulli({ network: linear() }), 2],
    ...withCritics(critics).map((row) => [...row, 4] as const),
  ])('%s, %s: every action is the right one', async (algorithm, _, policy, count) => {
    const learner = algorithms[algorithm]!(vectorize(choices(count), { numEnvs: 16 }), policy).build({ seed: 1 });
    const before = await learner.evaluate({ episodes: 32 });
    expect(before.meanReturn).toBeLessThan(0.9 * MAX_STEPS);
    await train(learner, 64_000);
    expect((await learner.evaluate({ episodes: 32 })).meanReturn).toBe(MAX_STEPS);
    learner.dispose();
  });
});

describe('numbers', () => {
  test.each<readonly [string, string, AnyPolicy]>([
    ['REINFORCE', 'diagonalGaussian', diagonalGaussian({ network: linear() })],
    ['REINFORCE', 'diagonalGaussian, log σ of a head', diagonalGaussian({ network: linear(), logStd: 'head' })],
    ['REINFORCE', 'diagonalGaussian, squashed', diagonalGaussian({ network: mlp([16]), squash: true })],
    ...withCritics([...critics, ...squashed]),
  ])('%s, %s: actions are within 0.14 of the right one', async (algorithm, _, policy) => {
    const learner = algorithms[algorithm]!(vectorize(interval(), { numEnvs: 16 }), policy).build({ seed: 1 });
    // minus the mean square of the distance: a constant 0 gets −1/3
    const distance = async () => Math.sqrt(-(await learner.evaluate({ episodes: 32 })).meanReturn / MAX_STEPS);
    expect(await distance()).toBeGreaterThan(0.3);
    await train(learner, 96_000);
    expect(await distance()).toBeLessThan(0.14);
    learner.dispose();
  });
});
