import type { LearningTask } from './learning-task.js';
import { a2cCartPole } from './tasks/a2c-cartpole.js';
import { a2cLstmCartPole } from './tasks/a2c-lstm-cartpole.js';
import { a3cCartPole } from './tasks/a3c-cartpole.js';
import { a3cLstmCartPole } from './tasks/a3c-lstm-cartpole.js';
import { ppoCartPole } from './tasks/ppo-cartpole.js';
import { reinforceCartPole } from './tasks/reinforce-cartpole.js';
import { reinforceSwingUp } from './tasks/reinforce-swing-up.js';
import { swingUpTask } from './tasks/swing-up.js';
import { swingUpV0 } from './tasks/swing-up-v0.js';

/** All tasks, in the order in which they are listed. */
export const tasks: readonly LearningTask[] = [
  reinforceCartPole,
  reinforceSwingUp,
  swingUpV0,
  a2cCartPole,
  ppoCartPole,
  a2cLstmCartPole,
  a3cCartPole,
  a3cLstmCartPole,
  swingUpTask,
];
