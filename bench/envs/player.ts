import { createElements, type Discrete, Rng, type Space, sample } from '@pg/core';
import { type EnvSpec, vectorize } from '@pg/envs';
import type { Player } from './row.js';

/** Rounds of actions that are drawn before, so that drawing them is not measured. */
const ACTIONS = 256;

/** Plays `numEnvs` copies of an environment with random actions, into arrays that belong to the caller. */
export function playerOf<TObs extends Space, TAct extends Space>(spec: EnvSpec<TObs, TAct>, numEnvs: number): Player {
  const envs = vectorize(spec, { numEnvs }).make({ seed: 1 });
  const out = {
    obs: createElements(spec.observationSpace, numEnvs),
    rewards: new Float32Array(numEnvs),
    terminated: new Uint8Array(numEnvs),
    truncated: new Uint8Array(numEnvs),
    finalObs: createElements(spec.observationSpace, numEnvs),
  };
  const rng = Rng.fromSeed(2);
  const actions = Array.from({ length: ACTIONS }, () => randomActions(spec.actionSpace, numEnvs, rng));
  envs.reset(out.obs);
  let turn = 0;
  return {
    steps: numEnvs,
    round() {
      envs.step(actions[turn]!, out);
      turn = (turn + 1) % ACTIONS;
    },
  };
}

function randomActions(space: Space, numEnvs: number, rng: Rng): Int32Array | Float32Array {
  if (space.kind === 'discrete') return Int32Array.from({ length: numEnvs }, () => sample<Discrete>(space, rng));
  return Float32Array.from(Array.from({ length: numEnvs }, () => Array.from(sample(space, rng))).flat());
}
