import { reinforce } from '@pg/algos';
import { cartPole, vectorize } from '@pg/envs';
import { adam } from '@pg/nn';
import { categorical, linear } from '@pg/policies';
import type { LearningTask } from '../learning-task.js';
import { RewardTally } from '../reward-tally.js';
import { trainEpochs } from '../train-epochs.js';

/**
 * The setting of a published program but for the discount, the baseline and a longer memory of Adam's direction. A single early end among
 * the 160 episodes of the last epoch misses the goal, and steps that follow the noise of one epoch cause some.
 */
export const reinforceCartPole: LearningTask = {
  name: 'reinforce-cartpole',
  title: 'REINFORCE, a linear policy, CartPole-v0: 32 copies, 100 epochs of 1,000 steps, Adam 0.1 with β₁ 0.98, γ 1',
  goal: 'sum of rewards over number of ends in the last epoch at least 199',
  ofTen: 10,
  learn(effort) {
    const tally = new RewardTally();
    const learner = reinforce()
      .env(vectorize(tally.around(cartPole({ version: 'v0' })), { numEnvs: 32 }))
      .policy(categorical({ network: linear() }))
      .options({ gamma: 1, rolloutLength: 1000, baseline: 'mean-return', learningRate: 0.1, optimizer: adam({ beta1: 0.98 }) })
      .build({ seed: effort.seed });
    return trainEpochs(learner, { steps: 100 * 32 * 1000, threshold: 199, tally }, effort);
  },
};
