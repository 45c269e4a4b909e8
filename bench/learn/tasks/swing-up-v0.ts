import { reinforce } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { swingUp, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import type { LearningTask } from '../learning-task.js';
import { trainAndEvaluate } from '../train-and-evaluate.js';

/**
 * A step is paid cos θ: hanging −1, standing 1. The shortest way to a better return is out of the track, which ends the episode; policies that
 * draw from a wide σ, and look at whole episodes, find the longer one. What they have learned relies on its noise, so the score is of drawn
 * actions.
 */
export const swingUpV0: LearningTask = {
  name: 'swing-up-v0',
  title:
    'REINFORCE with a learned baseline, a squashed Gaussian on 64-64 tanh twice, CartPoleSwingUp-v0: 32 whole episodes an update, 5,000,000 steps, γ 0.999',
  goal: 'running mean of 200 on the way, and a mean return of at least 200 over 100 fresh episodes of drawn actions at the end',
  ofTen: 10,
  learn(effort) {
    const learner = reinforce()
      .env(vectorize(swingUp(), { numEnvs: 32 }))
      .policy(actorCritic({ encoder: mlp([64, 64]), shared: false, squash: true }))
      .options({ baseline: 'value', episodesPerUpdate: 32, standardize: 'batch', gamma: 0.999, learningRate: linearSchedule(3e-3, 0) })
      .build({ seed: effort.seed });
    return trainAndEvaluate(learner, { steps: 5_000_000, threshold: 200, drawn: true }, effort);
  },
};
