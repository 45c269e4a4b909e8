import { box, discrete } from '@pg/core';
import { defineEnv, vectorize } from '@pg/envs';
import { actorCritic, linear } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';

const GAMMA = 0.9;
const LENGTH = 10;

/** One state, reward 1 a step, an end of one kind or the other after ten steps: V has no way of seeing how far it is. */
const ending = (kind: 'terminated' | 'truncated') =>
  defineEnv({
    id: kind,
    observation: box({ shape: [1], low: 0, high: 1 }),
    action: discrete(2),
    maxSteps: kind === 'truncated' ? LENGTH : Infinity,
    init: () => 0,
    step: (time: number) => ({ state: time + 1, reward: 1, terminated: kind === 'terminated' && time + 1 === LENGTH }),
    observe: () => [1],
  });

async function learnedValue(kind: 'terminated' | 'truncated', lambda: number, rolloutLength: number): Promise<number> {
  await using learner = a2c()
    .env(vectorize(ending(kind), { numEnvs: 4 }))
    .policy(actorCritic({ encoder: linear() }))
    .options({ gamma: GAMMA, lambda, rolloutLength, learningRate: 0.02, valueCoef: 1, maxGradNorm: Infinity })
    .build({ seed: 1 });
  await train(learner, 4 * rolloutLength * 1500);
  return learner.policy.value(new Float32Array([1]));
}

describe('what follows an end decides the value', () => {
  // whatever the rollout's length: a cut of the rollout is no end either
  test.each([
    [1, 10],
    [0.9, 10],
    [0, 10],
    [1, 7],
    [0.5, 3],
  ])('truncated: it goes on for ever, V = r/(1 − γ) (λ = %d, rollouts of %d)', async (lambda, rolloutLength) => {
    expect(Math.abs((await learnedValue('truncated', lambda, rolloutLength)) - 1 / (1 - GAMMA))).toBeLessThan(0.2);
  });

  test('terminated: the mean of (1 − γ^k)/(1 − γ) over the steps that are left', async () => {
    let sum = 0;
    for (let k = 1; k <= LENGTH; k++) sum += (1 - GAMMA ** k) / (1 - GAMMA);
    expect(sum / LENGTH).toBeCloseTo(4.138, 3);
    expect(Math.abs((await learnedValue('terminated', 1, LENGTH)) - sum / LENGTH)).toBeLessThan(0.2);
  });

  // λ = 0: V = 1 + γV in nine steps of ten, V = 1 in one
  test('terminated, one-step targets: V = 1/(1 − 0.9γ)', async () => {
    expect(Math.abs((await learnedValue('terminated', 0, LENGTH)) - 1 / (1 - 0.9 * GAMMA))).toBeLessThan(0.2);
  });
});
