import { ppo } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import type { LearningTask } from '../learning-task.js';
import { trainAndEvaluate } from '../train-and-evaluate.js';

/** A third of A2C's steps. */
export const ppoCartPole: LearningTask = {
  name: 'ppo-cartpole',
  title: 'PPO, 64-64 tanh twice, CartPole-v1: 8 environments, 100,000 steps',
  goal: 'running mean of 475 on the way, and a mean return of at least 475 over 100 fresh episodes at the end',
  ofTen: 10,
  learn(effort) {
    const learner = ppo()
      .env(vectorize(cartPole(), { numEnvs: 8 }))
      .policy(actorCritic({ encoder: mlp([64, 64]), shared: false }))
      .options({
        rolloutLength: 32,
        minibatchSize: 64,
        epochs: 10,
        gamma: 0.99,
        lambda: 0.95,
        learningRate: linearSchedule(1e-3, 0),
        clipRange: linearSchedule(0.2, 0),
      })
      .build({ seed: effort.seed });
    return trainAndEvaluate(learner, { steps: 100_000, threshold: 475 }, effort);
  },
};
