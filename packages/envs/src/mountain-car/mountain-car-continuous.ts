import { type Box, box, parseOptions } from '@pg/core';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { flatForms } from '../flat-state/flat-forms.js';
import { CONTINUOUS_GOAL, MountainCarContinuousStates } from './continuous-dynamics.js';
import { MAX_POSITION, MAX_SPEED, MIN_POSITION } from './dynamics.js';
import { type MountainCarOptions, optionsSchema } from './options.js';
import { renderMountainCar } from './render.js';

const schema = optionsSchema(999);

/**
 * MountainCarContinuous: {@link mountainCar} with a force of any size in [−1, 1]. The environment MountainCarContinuous-v0 of Gymnasium 1.x,
 * rounding to float32 where that does.
 *
 * Observation [2]: position in [−1.2, 0.6], velocity in [−0.07, 0.07], in positions a step. Action [1]: force a in [−1, 1]. Reward
 * −0.1·a² a step, and 100 more for the one that ends the episode. It ends at position 0.45 or beyond, and starts at rest with a position
 * uniform in [−0.6, −0.4).
 *
 * v ← v + 0.0015·a − 0.0025·cos 3x, x ← x + v. The left end of the track stops the car.
 *
 * @throws InvalidOptionsError when an option is unknown or wrong
 */
export function mountainCarContinuous(options: MountainCarOptions = {}): EnvSpec<Box<readonly [2]>, Box<readonly [1]>> {
  const { maxSteps, goalVelocity } = parseOptions('mountainCarContinuous', schema, options);
  const observation = box({ shape: [2], low: [MIN_POSITION, -MAX_SPEED], high: [MAX_POSITION, MAX_SPEED] });
  return defineEnv({
    id: 'MountainCarContinuous-v0',
    observation,
    action: box({ shape: [1], low: -1, high: 1 }),
    maxSteps,
    rewardThreshold: 90,
    ...flatForms(observation, (numEnvs) => new MountainCarContinuousStates(numEnvs, goalVelocity)),
    render: (state) => renderMountainCar(state, CONTINUOUS_GOAL),
  });
}
