import type { Space } from '@pg/core';
import { makeVectorEnv } from '../vector/make-vector-env.js';
import type { EnvSpec } from './env.js';
import type { EnvSource } from './env-source.js';
import { SingleEnv } from './single-env.js';

/** The specification of a source; of `numEnvs` copies stepped together when it is vectorised. */
export function createSpec<TObs extends Space, TAct extends Space, TVectorized extends boolean>(
  source: EnvSource,
  vectorized: TVectorized,
  numEnvs: number,
): EnvSpec<TObs, TAct, TVectorized> {
  const { definition, stages } = source;
  const spec: EnvSpec<TObs, TAct, boolean> = {
    id: [definition.id, ...stages.map((stage) => stage.name)].join(' | '),
    observationSpace: (stages.at(-1)?.space ?? definition.observation) as TObs,
    actionSpace: definition.action,
    maxSteps: definition.maxSteps,
    rewardThreshold: definition.rewardThreshold,
    vectorized,
    numEnvs,
    '~source': source,
    pipe: (transform) => createSpec({ definition, stages: [...stages, transform(spec.observationSpace)] }, vectorized, numEnvs),
    make: ({ seed = 0 } = {}) => (vectorized ? makeVectorEnv(spec, seed) : new SingleEnv(spec, seed)),
  };
  return Object.freeze(spec) as EnvSpec<TObs, TAct, TVectorized>;
}
