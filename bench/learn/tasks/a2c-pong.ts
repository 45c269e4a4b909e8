import { linearSchedule } from '@pg/core';
import { learnPong } from '../../pong/learners.js';
import type { LearningTask } from '../learning-task.js';
import { trainUntil } from '../train-until.js';

/** Wins 20 of 21 points of every game but for a few. */
const threshold = 20;
const goal = 'mean return of 20 over the last 100 training episodes';

/** Recipe R2 with its own settings. */
export const a2cPong: LearningTask = {
  name: 'a2c-pong',
  title: 'A2C, 200 ReLU, Pong from pixels: 16 environments in rounds, at most 6,000,000 steps',
  goal,
  ofTen: 10,
  learn: (effort) => trainUntil(learnPong({ numEnvs: 16, rolloutLength: 50, seed: effort.seed }), { steps: 6_000_000, threshold }, effort),
};

/** Fewer environments, so that an update follows after fewer steps; the last points are won with smaller steps and without the entropy's pull. */
export const a2cPongFast: LearningTask = {
  name: 'a2c-pong-fast',
  title: 'A2C, 200 ReLU, Pong from pixels: 4 environments, learning rate and entropy falling over 2,000,000 steps',
  goal,
  ofTen: 10,
  learn(effort) {
    const preset = { rounds: false, learningRate: linearSchedule(1e-3, 1e-4), entropyCoef: linearSchedule(0.01, 0) };
    return trainUntil(learnPong({ numEnvs: 4, rolloutLength: 50, seed: effort.seed }, preset), { steps: 2_000_000, threshold }, effort);
  },
};
