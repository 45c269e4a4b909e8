import { type Box, box, type Discrete, discrete, parseOptions, type Rng } from '@pg/core';
import * as z from 'zod/mini';
import { defineEnv } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import type { BatchDynamics } from '../vector/batch-dynamics.js';
import { type KinematicsIntegrator, stepCartPole, THETA_THRESHOLD, X_THRESHOLD } from './dynamics.js';
import { renderCartPole } from './render.js';

/** What {@link cartPole} can be told. */
export interface CartPoleOptions {
  /** `v1` (500 steps, solved at 475) by default; `v0` has 200 steps and is solved at 195. Nothing else differs. */
  readonly version?: 'v0' | 'v1';
  /** Another time limit in steps. */
  readonly maxSteps?: number;
  /** 0 a step and −1 at the end instead of 1 a step, as in Sutton and Barto; false by default. */
  readonly suttonBartoReward?: boolean;
  /** `euler` by default. */
  readonly kinematicsIntegrator?: KinematicsIntegrator;
}

const schema = z.strictObject({
  version: z._default(z.enum(['v0', 'v1']), 'v1'),
  maxSteps: z.optional(z.int().check(z.gte(1))),
  suttonBartoReward: z._default(z.boolean(), false),
  kinematicsIntegrator: z._default(z.enum(['euler', 'semi-implicit']), 'euler'),
});

const versions = { v0: { maxSteps: 200, rewardThreshold: 195 }, v1: { maxSteps: 500, rewardThreshold: 475 } } as const;

/**
 * CartPole: keep a pole upright on a cart by pushing left or right. The environment of Gymnasium 1.x.
 *
 * Observation [4]: position m, velocity m/s, angle rad, angular velocity rad/s. Actions: 0 left, 1 right. Reward 1 a step,
 * the last one included. An episode ends when the cart is beyond ±2.4 m or the pole beyond ±12°, and starts with each of the
 * four numbers uniform in [−0.05, 0.05).
 */
export function cartPole(options: CartPoleOptions = {}): EnvSpec<Box<readonly [4]>, Discrete<2>> {
  const { version, maxSteps, suttonBartoReward, kinematicsIntegrator } = parseOptions('cartPole', schema, options);
  const semiImplicit = kinematicsIntegrator === 'semi-implicit';
  const rewardOf = suttonBartoReward ? (terminated: boolean) => (terminated ? -1 : 0) : () => 1;
  const high = [X_THRESHOLD * 2, Number.POSITIVE_INFINITY, THETA_THRESHOLD * 2, Number.POSITIVE_INFINITY];
  return defineEnv({
    id: `CartPole-${version}`,
    observation: box({ shape: [4], low: high.map((bound) => -bound), high }),
    action: discrete(2),
    maxSteps: maxSteps ?? versions[version].maxSteps,
    rewardThreshold: versions[version].rewardThreshold,
    init(rng) {
      const state = new Float64Array(4);
      begin(state, 0, rng);
      return state;
    },
    step(state, action) {
      const next = state.slice();
      const terminated = stepCartPole(next, 0, action, semiImplicit);
      return { state: next, reward: rewardOf(terminated), terminated };
    },
    observe: (state) => state,
    render: (state) => renderCartPole(state),
    batch: (numEnvs) => batchDynamics(numEnvs, semiImplicit, rewardOf),
  });
}

/** Writes a first state from `at` on. */
function begin(states: Float64Array, at: number, rng: Rng): void {
  for (let i = at; i < at + 4; i++) states[i] = rng.uniform(-0.05, 0.05);
}

function batchDynamics(numEnvs: number, semiImplicit: boolean, rewardOf: (terminated: boolean) => number): BatchDynamics {
  const states = new Float64Array(numEnvs * 4);
  return {
    init: (index, rng) => begin(states, index * 4, rng),
    step(actions, rewards, terminated) {
      for (let n = 0; n < numEnvs; n++) {
        const ended = stepCartPole(states, n * 4, actions[n]!, semiImplicit);
        terminated[n] = ended ? 1 : 0;
        rewards[n] = rewardOf(ended);
      }
    },
    observe(index, out, offset) {
      for (let i = 0; i < 4; i++) out[offset + i] = states[index * 4 + i]!;
    },
    snapshot: (index) => states.slice(index * 4, index * 4 + 4),
    restore: (index, snapshot) => states.set(snapshot as Float64Array, index * 4),
  };
}
