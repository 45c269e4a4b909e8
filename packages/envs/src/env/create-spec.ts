import { describeValue, InvalidOptionsError, type Space, type Stage } from '@pg/core';
import { makeVectorEnv } from '../vector/make-vector-env.js';
import type { EnvSpec } from './env.js';
import type { EnvSource } from './env-source.js';
import { parseSeed } from './seed-options.js';
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
    pipe: (transform) => createSpec({ definition, stages: [...stages, stageOf(spec, transform)] }, vectorized, numEnvs),
    make(options = {}) {
      const seed = parseSeed(`${spec.id}.make`, options) ?? 0;
      return vectorized ? makeVectorEnv(spec, seed) : new SingleEnv(spec, seed);
    },
  };
  return Object.freeze(spec) as EnvSpec<TObs, TAct, TVectorized>;
}

/** The stage that `transform` makes; refuses what is none, for JavaScript callers. */
function stageOf<TObs extends Space, TAct extends Space, TOut extends Space>(
  spec: EnvSpec<TObs, TAct, boolean>,
  transform: (space: TObs) => Stage<TOut>,
): Stage<TOut> {
  const stage: unknown = typeof transform === 'function' ? transform(spec.observationSpace) : transform;
  if (stage !== null && typeof stage === 'object' && 'space' in stage && 'create' in stage) return stage as Stage<TOut>;
  throw new InvalidOptionsError({
    where: `${spec.id}.pipe`,
    got: describeValue(stage),
    expected: 'a stage',
    remedy: 'Call the preprocessing function: .pipe(oneHot()).',
  });
}
