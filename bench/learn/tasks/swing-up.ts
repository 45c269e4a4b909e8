import { ppo } from '@pg/algos';
import { linearSchedule } from '@pg/core';
import { swingUp, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import type { LearningTask } from '../learning-task.js';
import { trainAndEvaluate } from '../train-and-evaluate.js';

/** A step is paid (1 + cos θ)/2: hanging 0, standing 1. */
export const swingUpTask: LearningTask = {
  name: 'swing-up',
  title: 'PPO, a diagonal Gaussian on 64-64 tanh twice, CartPoleSwingUp-v1: 16 environments, 1,000,000 steps, γ 0.995',
  goal: 'running mean of 400 on the way, and a mean return of at least 400 over 100 fresh episodes at the end',
  ofTen: 7,
  learn(effort) {
    const learner = ppo()
      .env(vectorize(swingUp({ version: 'v1' }), { numEnvs: 16 }))
      .policy(actorCritic({ encoder: mlp([64, 64]), shared: false }))
      .options({ rolloutLength: 128, minibatchSize: 256, gamma: 0.995, learningRate: linearSchedule(1e-3, 0) })
      .build({ seed: effort.seed });
    return trainAndEvaluate(learner, { steps: 1_000_000, threshold: 400 }, effort);
  },
};
