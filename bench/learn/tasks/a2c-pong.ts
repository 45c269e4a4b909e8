import { linearSchedule } from '@pg/core';
import { pongAgent, R2 } from '../../pong/learners.js';
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
  learn: (effort) => trainUntil(pongAgent(R2).build({ seed: effort.seed }), { steps: 6_000_000, threshold }, effort),
};

/** Larger steps, which become small: the last points are won without the entropy's pull. No round waits for its longest game. */
export const a2cPongFast: LearningTask = {
  name: 'a2c-pong-fast',
  title: 'A2C, 200 ReLU, Pong from pixels: 16 environments, learning rate 0.003 falling to 0.0001 and entropy to 0 over 2,500,000 steps',
  goal,
  ofTen: 8,
  learn(effort) {
    const preset = { rounds: false, learningRate: linearSchedule(3e-3, 1e-4), entropyCoef: linearSchedule(0.01, 0) };
    return trainUntil(pongAgent(R2, preset).build({ seed: effort.seed }), { steps: 2_500_000, threshold }, effort);
  },
};
