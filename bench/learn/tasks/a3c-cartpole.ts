import { a3c } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { rmsprop } from '@pg/nn';
import { actorCritic, mlp } from '@pg/policies';
import type { LearningTask } from '../learning-task.js';
import { trainAndEvaluate } from '../train-and-evaluate.js';

/** Imported by every worker. */
export const a3cCartPoleAgent = a3c()
  .env(vectorize(cartPole(), { numEnvs: 8 }))
  .policy(actorCritic({ encoder: mlp([64, 64]), shared: false }))
  .options({
    rolloutLength: 5,
    lambda: 0.95,
    entropyCoef: 0,
    reduction: 'mean',
    maxGradNorm: 0.5,
    learningRate: linearSchedule(1.5e-3, 0),
    optimizer: rmsprop(),
  });

export const a3cCartPole: LearningTask = {
  name: 'a3c-cartpole',
  title: 'A3C, 64-64 tanh twice, CartPole-v1: 2 workers of 8 environments, 500,000 steps',
  goal: 'running mean of 475 on the way, and a mean return of at least 475 over 100 fresh episodes at the end',
  ofTen: 9,
  learn(effort) {
    const learner = a3cCartPoleAgent.build({ seed: effort.seed, workers: 2, module: import.meta.url, export: 'a3cCartPoleAgent' });
    return trainAndEvaluate(learner, { steps: 500_000, threshold: 475 }, effort);
  },
};
