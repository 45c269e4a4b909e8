import { reinforce } from '@pg/algos';
import { swingUp, vectorize } from '@pg/envs';
import { diagonalGaussian, mlp } from '@pg/policies';
import type { LearningTask } from '../learning-task.js';
import { RewardTally } from '../reward-tally.js';
import { trainEpochs } from '../train-epochs.js';

/** The setting of a published program, whose σ² is e at first. */
export const reinforceSwingUp: LearningTask = {
  name: 'reinforce-swing-up',
  title: 'REINFORCE, a diagonal Gaussian on 64-64 ReLU, CartPoleSwingUp-v0: 256 copies, 20 epochs of 1,000 steps, Adam 0.01, γ 0.999',
  goal: 'sum of rewards over number of ends in the last epoch at least 5.8',
  ofTen: 6,
  learn(effort) {
    const tally = new RewardTally();
    const learner = reinforce()
      .env(vectorize(tally.around(swingUp()), { numEnvs: 256 }))
      .policy(diagonalGaussian({ network: mlp([64, 64], 'relu'), initialLogStd: 0.5 }))
      .options({ gamma: 0.999, rolloutLength: 1000, learningRate: 0.01 })
      .build({ seed: effort.seed });
    return trainEpochs(learner, { steps: 20 * 256 * 1000, threshold: 5.8, tally }, effort);
  },
};
