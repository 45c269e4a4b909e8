import { reinforce } from '@pg/algos';
import { cartPole, vectorize } from '@pg/envs';
import { categorical, linear } from '@pg/policies';
import type { LearningTask } from '../learning-task.js';
import { RewardTally } from '../reward-tally.js';
import { trainEpochs } from '../train-epochs.js';

/** The setting of a published program. */
export const reinforceCartPole: LearningTask = {
  name: 'reinforce-cartpole',
  title: 'REINFORCE, a linear policy, CartPole-v0: 32 copies, 100 epochs of 1,000 steps, Adam 0.1',
  goal: 'sum of rewards over number of ends in the last epoch at least 199',
  ofTen: 10,
  learn(effort) {
    const tally = new RewardTally();
    const learner = reinforce()
      .env(vectorize(tally.around(cartPole({ version: 'v0' })), { numEnvs: 32 }))
      .policy(categorical({ network: linear() }))
      .options({ gamma: 0.99, rolloutLength: 1000, learningRate: 0.1 })
      .build({ seed: effort.seed });
    return trainEpochs(learner, { steps: 100 * 32 * 1000, threshold: 199, tally }, effort);
  },
};
