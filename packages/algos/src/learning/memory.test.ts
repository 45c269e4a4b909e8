import { box, discrete } from '@pg/core';
import { defineEnv, vectorize } from '@pg/envs';
import { actorCritic, actorCriticGru, actorCriticLstm, mlp } from '@pg/policies';
import { describe, expect, test } from 'vitest';
import { type AnyLearner, train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';

const LENGTH = 6;

/** A T-maze: which way to turn at the end is shown at the start only. */
const maze = () =>
  defineEnv({
    id: 'T-maze',
    observation: box({ shape: [2], low: -1, high: 1 }),
    action: discrete(2),
    maxSteps: LENGTH,
    init: (rng) => ({ side: rng.integer(2), time: 0 }),
    step({ side, time }, action) {
      const last = time + 1 === LENGTH;
      return { state: { side, time: time + 1 }, reward: last ? (action === side ? 1 : -1) : 0, terminated: last };
    },
    observe: ({ side, time }) => [time === 0 ? 2 * side - 1 : 0, time / LENGTH],
  });

const algorithm = a2c()
  .env(vectorize(maze(), { numEnvs: 16 }))
  .options({ rolloutLength: 2 * LENGTH, learningRate: 1e-2, entropyCoef: 0.01 });

const recurrent = { encoder: mlp([]), units: 8 };

describe.each([1, 2, 3])('seed %d', (seed) => {
  /** The mean return after training, of 1 and −1. */
  async function play(learner: AnyLearner): Promise<number> {
    await train(learner, 60_000);
    const { meanReturn } = await learner.evaluate();
    learner.dispose();
    return meanReturn;
  }

  test('an LSTM learns it', async () => {
    expect(await play(algorithm.policy(actorCriticLstm(recurrent)).build({ seed }))).toBe(1);
  });

  test('a GRU learns it', async () => {
    expect(await play(algorithm.policy(actorCriticGru(recurrent)).build({ seed }))).toBe(1);
  });

  test('a policy without a memory cannot', async () => {
    expect(Math.abs(await play(algorithm.policy(actorCritic({ encoder: mlp([16]) })).build({ seed })))).toBeLessThan(0.4);
  });
});
