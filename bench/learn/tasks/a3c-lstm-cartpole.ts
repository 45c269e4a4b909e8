import { a3c } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCriticLstm, mlp } from '@pg/policies';
import { hideVelocities } from '../hide-velocities.js';
import type { LearningTask } from '../learning-task.js';
import { trainAndEvaluate } from '../train-and-evaluate.js';

/** Imported by every worker. */
export const a3cLstmCartPoleAgent = a3c()
  .env(vectorize(cartPole().pipe(hideVelocities), { numEnvs: 8 }))
  .policy(actorCriticLstm({ encoder: mlp([32]), units: 32 }))
  .options({ lambda: 0.95, entropyCoef: 0, reduction: 'mean', valueCoef: 0.05, maxGradNorm: 5, learningRate: linearSchedule(5e-3, 0) });

export const a3cLstmCartPole: LearningTask = {
  name: 'a3c-lstm-cartpole',
  title: 'A3C, an LSTM of 32 on 32 tanh, CartPole-v1 without velocities: 2 workers of 8 environments, 2,000,000 steps',
  goal: 'running mean of 400 on the way, and a mean return of at least 400 over 100 fresh episodes at the end',
  ofTen: 8,
  learn(effort) {
    const learner = a3cLstmCartPoleAgent.build({ seed: effort.seed, workers: 2, module: import.meta.url, export: 'a3cLstmCartPoleAgent' });
    return trainAndEvaluate(learner, { steps: 2_000_000, threshold: 400 }, effort);
  },
};
