import { type Box, box, type Discrete, discrete, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { flatForms } from '../flat-state/flat-forms.js';
import { AcrobotStates, MAX_SPEED_1, MAX_SPEED_2 } from './dynamics.js';
import { renderAcrobot } from './render.js';

/** What {@link acrobot} can be told. */
export interface AcrobotOptions {
  /** The time limit in steps; 500 by default. */
  readonly maxSteps?: number;
  /** `book` by default: the equations of Sutton and Barto's book. `nips`: those printed in Sutton's paper of 1996, which lack a term. */
  readonly dynamics?: 'book' | 'nips';
}

const schema = z.strictObject({
  maxSteps: z._default(z.int().check(z.gte(1)), 500),
  dynamics: z._default(z.enum(['book', 'nips']), 'book'),
});

/**
 * Acrobot: swing two hanging links up by a torque at the joint between them, until the free end is a link's length above the fixed one.
 * The environment Acrobot-v1 of Gymnasium 1.x, after Sutton 1996, "Generalization in Reinforcement Learning".
 *
 * Observation [6]: cos θ₁, sin θ₁, cos θ₂, sin θ₂, angular velocities rad/s, bounded to ±4π and ±9π; θ₁ = 0 hangs down, θ₂ is relative to
 * the first link. Actions: torque −1, 0 or 1 N m. Reward −1 a step, 0 for the one that ends the episode:
 * −cos θ₁ − cos(θ₁ + θ₂) > 1. An episode starts with each of the four numbers uniform in [−0.1, 0.1). A step is 0.2 s, one step of Runge
 * and Kutta's fourth order.
 *
 * The motion is chaotic: two simulations that differ in a last bit may part within an episode.
 *
 * @throws InvalidOptionsError when an option is unknown or wrong
 */
export function acrobot(options: AcrobotOptions = {}): EnvSpec<Box<readonly [6]>, Discrete<3>> {
  const { maxSteps, dynamics } = parseOptions('acrobot', schema, options);
  const high = [1, 1, 1, 1, MAX_SPEED_1, MAX_SPEED_2];
  const observation = box({ shape: [6], low: high.map((bound) => -bound), high });
  return defineEnv({
    id: 'Acrobot-v1',
    observation,
    action: discrete(3),
    maxSteps,
    rewardThreshold: -100,
    ...flatForms(observation, (numEnvs) => new AcrobotStates(numEnvs, dynamics === 'nips')),
    render: (state) => renderAcrobot(state),
  });
}
