import { describeSpace, describeValue, InvalidOptionsError, type Space, type Stage } from '@pg/core';
import type { ThreadTask } from '@pg/core/threads';
import type { NormalizationLayer } from '../normalization/normalization-layer.js';
import { NormalizedEnv } from '../normalization/normalized-env.js';
import { NormalizedVectorEnv } from '../normalization/normalized-vector-env.js';
import { makeVectorEnv } from '../vector/make-vector-env.js';
import type { VectorEnv } from '../vector/vector-env.js';
import { serveShard } from '../workers/serve-shard.js';
import type { ShardTask } from '../workers/shard-task.js';
import type { Env, EnvSpec } from './env.js';
import type { EnvSource } from './env-source.js';
import { requireSpec } from './require-spec.js';
import { parseSeed } from './seed-options.js';
import { SingleEnv } from './single-env.js';
import type { PipedEnv, Wrapper } from './wrapper.js';

/** What a stage, a wrapper and a normalisation are told by. */
const KINDS = ['create', 'wrap', 'observations', 'rewards'];

/** The specification of a source; of `numEnvs` copies stepped together when it is vectorised. */
export function createSpec<TObs extends Space, TAct extends Space, TVectorized extends boolean>(
  source: EnvSource,
  vectorized: TVectorized,
  numEnvs: number,
): EnvSpec<TObs, TAct, TVectorized> {
  const { definition, layers, normalization = [] } = source;
  const all = [...layers, ...normalization];
  const wrappers = layers.filter((layer): layer is Wrapper => 'wrap' in layer);
  const spec: EnvSpec<TObs, TAct, boolean> = {
    id: [definition.id, ...all.map((layer) => layer.name)].join(' | '),
    observationSpace: (all.at(-1)?.space ?? definition.observation) as TObs,
    actionSpace: (wrappers.at(-1)?.actionSpace ?? definition.action) as TAct,
    maxSteps: wrappers.reduce((most, wrapper) => wrapper.maxSteps ?? most, definition.maxSteps),
    masksActions: wrappers.reduce((masks, wrapper) => wrapper.masksActions ?? masks, source.masksActions),
    rewardThreshold: definition.rewardThreshold,
    vectorized,
    numEnvs,
    '~source': source,
    '~serve': (task: ThreadTask<ShardTask>) => serveShard(withoutNormalization(spec), task),
    pipe: (transform) => createSpec(withLayer(spec, layerOf(spec, transform)), vectorized, numEnvs),
    make(options = {}) {
      const seed = parseSeed(`${spec.id}.make`, options) ?? 0;
      if (normalization.length > 0) return makeNormalized(spec, seed);
      return vectorized ? makeVectorEnv(spec, seed) : new SingleEnv(spec, seed);
    },
  };
  return Object.freeze(spec) as EnvSpec<TObs, TAct, TVectorized>;
}

/** The running environment without its normalisation, and that around it. */
function makeNormalized<TObs extends Space, TAct extends Space>(spec: EnvSpec<TObs, TAct, boolean>, seed: number) {
  const { normalization = [] } = spec['~source'];
  const inner = withoutNormalization(spec).make({ seed });
  if (spec.vectorized) return new NormalizedVectorEnv(spec, normalization, inner as VectorEnv<Space, TAct>);
  return new NormalizedEnv(spec, normalization, inner as Env<Space, TAct>);
}

/**
 * The environment as it is in front of its normalisation: what a policy that scales observations itself is evaluated in, with the
 * rewards as they are. One without normalisation is the same as before.
 */
export function withoutNormalization<TAct extends Space>(spec: EnvSpec<Space, TAct, boolean>): EnvSpec<Space, TAct, boolean> {
  requireSpec('withoutNormalization', spec);
  const { normalization: _, ...source } = spec['~source'];
  return createSpec(source, spec.vectorized, spec.numEnvs);
}

/** The source of an environment with one more layer. */
function withLayer(env: EnvSpec<Space, Space, boolean>, layer: Stage | Wrapper | NormalizationLayer): EnvSource {
  const { id, '~source': source } = env;
  const { layers, normalization = [] } = source;
  if (!isNormalization(layer)) {
    if (normalization.length > 0) throw behindNormalization(id, layer.name, normalization[0]!.name);
    if ('wrap' in layer) requireMasks(env, layer);
    return { ...source, layers: [...layers, layer] };
  }
  const twice = normalization.some(({ observations, rewards }) => (observations && layer.observations) || (rewards && layer.rewards));
  if (twice) {
    throw new InvalidOptionsError({ where: `${id}.pipe`, got: `${layer.name} a second time`, expected: 'it once', remedy: 'Remove one of the two.' });
  }
  return { ...source, normalization: [...normalization, layer] };
}

/** Masks have an entry for each choice of the space that they are of. */
function requireMasks({ id, actionSpace, masksActions }: EnvSpec<Space, Space, boolean>, wrapper: Wrapper): void {
  const sizeOf = (space: Space) => (space.kind === 'discrete' ? space.size : undefined);
  const masks = wrapper.masksActions ?? masksActions;
  const same = sizeOf(wrapper.actionSpace) === sizeOf(actionSpace);
  if (!masks || (sizeOf(wrapper.actionSpace) !== undefined && (same || wrapper.masksActions))) return;
  throw new InvalidOptionsError({
    where: `${id}.pipe`,
    got: `${wrapper.name}, which takes ${describeSpace(wrapper.actionSpace)} in place of ${describeSpace(actionSpace)}, of which masks say what is allowed`,
    expected: 'a wrapper that says whether its copies have masks of its own choices',
    remedy: 'Set masksActions: true and give its copies actionMask(), or set masksActions: false.',
  });
}

function behindNormalization(id: string, name: string, normalization: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where: `${id}.pipe`,
    got: `${name} behind ${normalization}`,
    expected: 'normalisation to come last, because all copies share it',
    remedy: `Pipe ${name} in front of ${normalization}.`,
  });
}

function isNormalization(layer: Stage | Wrapper | NormalizationLayer): layer is NormalizationLayer {
  return 'observations' in layer || 'rewards' in layer;
}

/** The layer that `transform` makes; refuses what is none, for JavaScript callers. */
function layerOf<TObs extends Space, TAct extends Space>(
  spec: EnvSpec<TObs, TAct, boolean>,
  transform: (space: TObs, env: PipedEnv<TAct>) => Stage | Wrapper | NormalizationLayer,
): Stage | Wrapper | NormalizationLayer {
  const layer: unknown = typeof transform === 'function' ? transform(spec.observationSpace, spec) : transform;
  if (layer !== null && typeof layer === 'object' && 'space' in layer && KINDS.some((kind) => kind in layer))
    return layer as Stage | Wrapper | NormalizationLayer;
  throw new InvalidOptionsError({
    where: `${spec.id}.pipe`,
    got: describeValue(layer),
    expected: 'a stage or a wrapper',
    remedy: 'Call the preprocessing function: .pipe(oneHot()).',
  });
}
