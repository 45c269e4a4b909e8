import { type Box, box, type Discrete, discrete, parseOptions } from '@pg/core';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { flatForms } from '../flat-state/flat-forms.js';
import { GOAL, MAX_POSITION, MAX_SPEED, MIN_POSITION, MountainCarStates } from './dynamics.js';
import { type MountainCarOptions, optionsSchema } from './options.js';
import { renderMountainCar } from './render.js';

const schema = optionsSchema(200);

/**
 * MountainCar: drive a car out of a valley whose slope is steeper than its engine is strong. The environment MountainCar-v0 of
 * Gymnasium 1.x, after Moore 1990, "Efficient Memory-based Learning for Robot Control".
 *
 * Observation [2]: position in [−1.2, 0.6], velocity in [−0.07, 0.07], in positions a step. Actions: 0 pushes left, 1 not, 2 right. Reward
 * −1 a step, the last one included. An episode ends at position 0.5 or beyond, and starts at rest with a position uniform in [−0.6, −0.4).
 *
 * v ← v + 0.001·(action − 1) − 0.0025·cos 3x, x ← x + v. The left end of the track stops the car.
 *
 * @throws InvalidOptionsError when an option is unknown or wrong
 */
export function mountainCar(options: MountainCarOptions = {}): EnvSpec<Box<readonly [2]>, Discrete<3>> {
  const { maxSteps, goalVelocity } = parseOptions('mountainCar', schema, options);
  const observation = box({ shape: [2], low: [MIN_POSITION, -MAX_SPEED], high: [MAX_POSITION, MAX_SPEED] });
  return defineEnv({
    id: 'MountainCar-v0',
    observation,
    action: discrete(3),
    maxSteps,
    rewardThreshold: -110,
    ...flatForms(observation, (numEnvs) => new MountainCarStates(numEnvs, goalVelocity)),
    render: (state) => renderMountainCar(state, GOAL),
  });
}
