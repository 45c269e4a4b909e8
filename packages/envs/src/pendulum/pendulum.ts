import { type Box, box, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { flatForms } from '../flat-state/flat-forms.js';
import { MAX_SPEED, MAX_TORQUE, PendulumStates } from './dynamics.js';
import { renderPendulum } from './render.js';

/** What {@link pendulum} can be told. */
export interface PendulumOptions {
  /** The time limit in steps; 200 by default. */
  readonly maxSteps?: number;
  /** Gravity, m/s²; 10 by default. */
  readonly g?: number;
}

const schema = z.strictObject({
  maxSteps: z._default(z.int().check(z.gte(1)), 200),
  g: z._default(z.number().check(z.gte(-1e6), z.lte(1e6)), 10),
});

/**
 * Pendulum: swing a hanging rod up by a torque at its joint, and keep it up. The environment Pendulum-v1 of Gymnasium 1.x.
 *
 * Observation [3]: cos θ, sin θ, angular velocity rad/s, bounded to ±8; θ = 0 is upright. Action [1]: torque N m, in [−2, 2]. The reward
 * is −(θ² + 0.1·θ̇² + 0.001·u²) of the state before the step, θ in [−π, π). An episode ends at the time limit only, and starts with θ
 * uniform in [−π, π) and θ̇ in [−1, 1).
 *
 * θ̈ = 3g/(2l)·sin θ + 3/(ml²)·u with m = 1 kg and l = 1 m, integrated in steps of 0.05 s with the new velocity.
 *
 * @throws InvalidOptionsError when an option is unknown or wrong
 */
export function pendulum(options: PendulumOptions = {}): EnvSpec<Box<readonly [3]>, Box<readonly [1]>> {
  const { maxSteps, g } = parseOptions('pendulum', schema, options);
  const high = [1, 1, MAX_SPEED];
  const observation = box({ shape: [3], low: high.map((bound) => -bound), high });
  return defineEnv({
    id: 'Pendulum-v1',
    observation,
    action: box({ shape: [1], low: -MAX_TORQUE, high: MAX_TORQUE }),
    maxSteps,
    ...flatForms(observation, (numEnvs) => new PendulumStates(numEnvs, g)),
    render: (state) => renderPendulum(state),
  });
}
