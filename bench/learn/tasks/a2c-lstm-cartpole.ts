import { a2c } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCriticLstm, mlp } from '@pg/policies';
import { hideVelocities } from '../hide-velocities.js';
import type { LearningTask } from '../learning-task.js';
import { trainAndEvaluate } from '../train-and-evaluate.js';

/**
 * The same picture may be of a pole that falls left or right. The critic's targets are of the size of 1/(1 − γ): with the usual weight and
 * limit its gradients would leave nothing of the policy's in the layers that they share.
 */
export const a2cLstmCartPole: LearningTask = {
  name: 'a2c-lstm-cartpole',
  title: 'A2C, an LSTM of 32 on 32 tanh, CartPole-v1 without velocities: 16 environments, 2,000,000 steps',
  goal: 'running mean of 400 on the way, and a mean return of at least 400 over 100 fresh episodes at the end',
  ofTen: 9,
  learn(effort) {
    const learner = a2c()
      .env(vectorize(cartPole().pipe(hideVelocities), { numEnvs: 16 }))
      .policy(actorCriticLstm({ encoder: mlp([32]), units: 32 }))
      .options({ rolloutLength: 20, lambda: 0.95, valueCoef: 0.05, maxGradNorm: 5, learningRate: linearSchedule(5e-3, 0) })
      .build({ seed: effort.seed });
    return trainAndEvaluate(learner, { steps: 2_000_000, threshold: 400 }, effort);
  },
};
