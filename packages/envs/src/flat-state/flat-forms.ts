import { type DtypeArray, elementSize, type Rng, type Space } from '@pg/core';
import type { EnvDefinition } from '../env/env-definition.js';
import type { BatchDynamics } from '../vector/batch-dynamics.js';
import type { FlatStates } from './flat-states.js';

/** The functions that {@link flatForms} makes. */
interface FlatForms<TObs extends Space, TAct extends Space> extends Pick<EnvDefinition<Float64Array, TObs, TAct>, 'init' | 'step' | 'observe'> {
  batch(numEnvs: number): BatchDynamics;
}

/**
 * The pure functions and the fast form of an environment of flat states with one number as its action, for `defineEnv`.
 *
 * @param observation - its space
 * @param create - makes the states of a number of copies
 */
export function flatForms<TObs extends Space, TAct extends Space>(observation: TObs, create: (numEnvs: number) => FlatStates): FlatForms<TObs, TAct> {
  const one = create(1);
  return {
    init(rng: Rng) {
      one.begin(0, rng);
      return one.states.slice();
    },
    step(state, action) {
      one.states.set(state);
      const terminated = one.step(0, typeof action === 'number' ? Int32Array.of(action) : (action as Float32Array));
      return { state: one.states.slice(), reward: one.rewards[0]!, terminated };
    },
    observe(state) {
      const seen = new Float32Array(elementSize(observation));
      one.states.set(state);
      one.observe(0, seen, 0);
      return seen;
    },
    batch: (numEnvs) => flatBatch(create(numEnvs), numEnvs),
  };
}

function flatBatch(flat: FlatStates, numEnvs: number): BatchDynamics {
  const { states, size } = flat;
  return {
    init: (index, rng) => flat.begin(index, rng),
    step(actions, rewards, terminated) {
      for (let n = 0; n < numEnvs; n++) terminated[n] = flat.step(n, actions) ? 1 : 0;
      rewards.set(flat.rewards);
    },
    observe: (index, out: DtypeArray, offset) => flat.observe(index, out, offset),
    snapshot: (index) => states.slice(index * size, (index + 1) * size),
    restore: (index, snapshot) => states.set(snapshot as Float64Array, index * size),
  };
}
