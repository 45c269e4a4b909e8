import { describeValue, InvalidOptionsError, type Space, type Stage } from '@pg/core';
import { makeVectorEnv } from '../vector/make-vector-env.js';
import { serveShard } from '../workers/serve-shard.js';
import type { ShardTask } from '../workers/shard-task.js';
import type { EnvSpec } from './env.js';
import type { EnvSource } from './env-source.js';
import { parseSeed } from './seed-options.js';
import { SingleEnv } from './single-env.js';
import type { PipedEnv, Wrapper } from './wrapper.js';

/** The specification of a source; of `numEnvs` copies stepped together when it is vectorised. */
export function createSpec<TObs extends Space, TAct extends Space, TVectorized extends boolean>(
  source: EnvSource,
  vectorized: TVectorized,
  numEnvs: number,
): EnvSpec<TObs, TAct, TVectorized> {
  const { definition, layers } = source;
  const last = layers.at(-1);
  const wrappers = layers.filter((layer): layer is Wrapper => 'wrap' in layer);
  const spec: EnvSpec<TObs, TAct, boolean> = {
    id: [definition.id, ...layers.map((layer) => layer.name)].join(' | '),
    observationSpace: (last?.space ?? definition.observation) as TObs,
    actionSpace: (wrappers.at(-1)?.actionSpace ?? definition.action) as TAct,
    maxSteps: wrappers.reduce((most, wrapper) => wrapper.maxSteps ?? most, definition.maxSteps),
    rewardThreshold: definition.rewardThreshold,
    vectorized,
    numEnvs,
    '~source': source,
    '~serve': (task: ShardTask) => serveShard(spec, task),
    pipe: (transform) => createSpec({ ...source, layers: [...layers, layerOf(spec, transform)] }, vectorized, numEnvs),
    make(options = {}) {
      const seed = parseSeed(`${spec.id}.make`, options) ?? 0;
      return vectorized ? makeVectorEnv(spec, seed) : new SingleEnv(spec, seed);
    },
  };
  return Object.freeze(spec) as EnvSpec<TObs, TAct, TVectorized>;
}

/** The stage or wrapper that `transform` makes; refuses what is none, for JavaScript callers. */
function layerOf<TObs extends Space, TAct extends Space>(
  spec: EnvSpec<TObs, TAct, boolean>,
  transform: (space: TObs, env: PipedEnv<TAct>) => Stage | Wrapper,
): Stage | Wrapper {
  const layer: unknown = typeof transform === 'function' ? transform(spec.observationSpace, spec) : transform;
  if (layer !== null && typeof layer === 'object' && 'space' in layer && ('create' in layer || 'wrap' in layer)) return layer as Stage | Wrapper;
  throw new InvalidOptionsError({
    where: `${spec.id}.pipe`,
    got: describeValue(layer),
    expected: 'a stage or a wrapper',
    remedy: 'Call the preprocessing function: .pipe(oneHot()).',
  });
}
