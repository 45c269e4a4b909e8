import { box, discrete, oneHot } from '@pg/core';
import { defineEnv, vectorize } from '@pg/envs';
import { actorCritic, categorical, diagonalGaussian, linear, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { reinforce } from '../algorithms/reinforce.js';

/** One draw of a number from 0 to 3 each step; the reward is 1 for naming it. */
const identity = defineEnv({
  id: 'identity',
  observation: discrete(4),
  action: discrete(4),
  maxSteps: 20,
  init: (rng) => rng.integer(4),
  step: (shown, action, rng) => ({ state: rng.integer(4), reward: action === shown ? 1 : 0, terminated: false }),
  observe: (shown) => shown,
}).pipe(oneHot());

/** One number x in [−1, 1] is shown; the best action is ½x − ¼, and the distance from it costs its square. */
const target = defineEnv({
  id: 'target',
  observation: box({ shape: [1], low: -1, high: 1 }),
  action: box({ shape: [1], low: -1, high: 1 }),
  maxSteps: 20,
  init: (rng) => rng.uniform(-1, 1),
  step: (x, action, rng) => ({ state: rng.uniform(-1, 1), reward: -((action[0]! - (0.5 * x - 0.25)) ** 2), terminated: false }),
  observe: (x) => [x],
});

describe.each([1, 2, 3])('seed %d', (seed) => {
  // blind guessing gives 5 of 20
  test('REINFORCE learns to name what it sees', async () => {
    await using learner = reinforce()
      .env(vectorize(identity, { numEnvs: 8 }))
      .policy(categorical({ network: linear() }))
      .options({ gamma: 0, rolloutLength: 20, baseline: 'mean-return', learningRate: 0.05 })
      .build({ seed });
    expect((await train(learner, 20_000)).at(-1)!.meanReturn).toBeGreaterThan(18);
    expect((await learner.evaluate({ episodes: 50 })).meanReturn).toBe(20);
  });

  test('A2C learns to name what it sees', async () => {
    await using learner = a2c()
      .env(vectorize(identity, { numEnvs: 8 }))
      .policy(actorCritic({ encoder: mlp([16]) }))
      .options({ gamma: 0, learningRate: 0.01 })
      .build({ seed });
    expect((await train(learner, 20_000)).at(-1)!.meanReturn).toBeGreaterThan(18);
    expect((await learner.evaluate({ episodes: 50 })).meanReturn).toBe(20);
  });

  test('REINFORCE with a Gaussian finds the best action for each observation', async () => {
    await using learner = reinforce()
      .env(vectorize(target, { numEnvs: 16 }))
      .policy(diagonalGaussian({ network: linear() }))
      .options({ gamma: 0, rolloutLength: 20, standardize: 'batch', learningRate: 0.01 })
      .build({ seed });
    const updates = await train(learner, 200_000);
    for (const x of [-0.8, 0, 0.8]) expect(Math.abs(learner.act(new Float32Array([x]), { greedy: true })[0]! - (0.5 * x - 0.25))).toBeLessThan(0.1);
    // it becomes sure of itself: H = log σ + 1.42, so σ has fallen below ½
    expect(updates[0]!.entropy).toBeCloseTo(1.42, 1);
    expect(updates.at(-1)!.entropy).toBeLessThan(1.42 + Math.log(0.5));
  });

  test('A2C with a Gaussian finds the best action for each observation', async () => {
    await using learner = a2c()
      .env(vectorize(target, { numEnvs: 16 }))
      .policy(actorCritic({ encoder: mlp([16]) }))
      .options({ gamma: 0, rolloutLength: 20, normalizeAdvantages: true, learningRate: 0.01 })
      .build({ seed });
    await train(learner, 200_000);
    for (const x of [-0.8, 0, 0.8]) expect(Math.abs(learner.act(new Float32Array([x]), { greedy: true })[0]! - (0.5 * x - 0.25))).toBeLessThan(0.15);
  });
});
