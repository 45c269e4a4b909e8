import { type Box, box, cos, parseOptions, type Rng, sin } from '@pg/core';
import * as z from 'zod/mini';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import type { BatchDynamics } from '../vector/batch-dynamics.js';
import { stepSwingUp } from './dynamics.js';
import { renderSwingUp } from './render.js';

/** What {@link swingUp} can be told. */
export interface SwingUpOptions {
  /** `v0` by default: reward cos θ. `v1`: (1 + cos θ)/2. Nothing else differs. */
  readonly version?: 'v0' | 'v1';
  /** The time limit in steps; 500 by default. */
  readonly maxSteps?: number;
}

const schema = z.strictObject({
  version: z._default(z.enum(['v0', 'v1']), 'v0'),
  maxSteps: z._default(z.int().check(z.gte(1)), 500),
});

/**
 * CartPoleSwingUp: swing a hanging pole up by moving its cart, and keep it up. The dynamics and rewards of
 * gym-cartpole-swingup 0.1.
 *
 * Observation [5]: position m, velocity m/s, cos θ, sin θ, angular velocity rad/s. Action [1]: force in units of 10 N, in
 * [−1, 1]. The reward is of the new state. An episode ends when the cart is beyond ±2.4 m, and starts near rest with the
 * pole hanging: each of the four numbers normal with standard deviation 0.2.
 */
export function swingUp(options: SwingUpOptions = {}): EnvSpec<Box<readonly [5]>, Box<readonly [1]>> {
  const { version, maxSteps } = parseOptions('swingUp', schema, options);
  const rewardOf = (theta: number) => {
    const height = Math.fround(cos(Math.fround(theta)));
    return version === 'v0' ? height : (1 + height) / 2;
  };
  return defineEnv({
    id: `CartPoleSwingUp-${version}`,
    observation: box({ shape: [5], low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }),
    action: box({ shape: [1], low: -1, high: 1 }),
    maxSteps,
    init: initialState,
    step(state, action) {
      const next = state.slice();
      const terminated = stepSwingUp(next, 0, action[0]!);
      return { state: next, reward: rewardOf(next[2]!), terminated };
    },
    observe: ([x, xDot, theta, thetaDot]) => [x!, xDot!, cos(theta!), sin(theta!), thetaDot!],
    render: (state) => renderSwingUp(state),
    batch: (numEnvs) => batchDynamics(numEnvs, rewardOf),
  });
}

function initialState(rng: Rng): Float64Array {
  const mean = [0, 0, Math.PI, 0];
  return Float64Array.from(mean, (center) => Math.fround(center + 0.2 * rng.normal()));
}

function batchDynamics(numEnvs: number, rewardOf: (theta: number) => number): BatchDynamics {
  const states = new Float64Array(numEnvs * 4);
  return {
    init: (index, rng) => states.set(initialState(rng), index * 4),
    step(actions, rewards, terminated) {
      for (let n = 0; n < numEnvs; n++) {
        terminated[n] = stepSwingUp(states, n * 4, actions[n]!) ? 1 : 0;
        rewards[n] = rewardOf(states[n * 4 + 2]!);
      }
    },
    observe(index, out, offset) {
      const at = index * 4;
      const theta = states[at + 2]!;
      out[offset] = states[at]!;
      out[offset + 1] = states[at + 1]!;
      out[offset + 2] = cos(theta);
      out[offset + 3] = sin(theta);
      out[offset + 4] = states[at + 3]!;
    },
    snapshot: (index) => states.slice(index * 4, index * 4 + 4),
    restore: (index, snapshot) => states.set(snapshot as Float64Array, index * 4),
  };
}
