import { InvalidOptionsError, parseOptions, type Space } from '@pg/core';
import * as z from 'zod/mini';
import type { EnvSpec } from '../env/env.js';
import { requireSpec } from '../env/require-spec.js';
import { makeVectorEnv } from './make-vector-env.js';
import { MOST_COPIES } from './most-copies.js';
import type { VectorEnv } from './vector-env.js';

const schema = z.strictObject({
  seed: z.int(),
  first: z.int().check(z.gte(0)),
  count: z.int().check(z.gte(1), z.lte(MOST_COPIES)),
  progress: z.optional(z.custom<Int32Array>((value) => ArrayBuffer.isView(value), { error: 'an Int32Array' })),
});

/** Which copies {@link makeShard} makes. */
export interface ShardOptions {
  /** The root seed, as of `make`. */
  readonly seed: number;
  /** The index of the first copy. */
  readonly first: number;
  /** How many. */
  readonly count: number;
  /** Where to say which copy is at work and at which step of its episode: two numbers. */
  readonly progress?: Int32Array | undefined;
}

/**
 * Some of the copies that `make` of a vectorised environment gives: with their random streams, and named as they are there. For
 * algorithms that spread the copies over threads.
 *
 * @throws InvalidOptionsError when copies are normalised, which all share, or an option is wrong
 */
export function makeShard<TObs extends Space, TAct extends Space>(spec: EnvSpec<TObs, TAct, boolean>, options: ShardOptions): VectorEnv<TObs, TAct> {
  requireSpec('makeShard', spec);
  const { seed, first, count, progress } = parseOptions('makeShard', schema, options) as ShardOptions;
  if (spec['~source'].normalization !== undefined) {
    throw new InvalidOptionsError({
      where: 'makeShard',
      got: `${spec.id}, whose copies share what they are normalised by`,
      expected: 'copies that do not depend on each other',
      remedy: 'Make all copies at once with make(), or leave the normalisation out.',
    });
  }
  return makeVectorEnv({ ...spec, vectorized: true, numEnvs: count } as EnvSpec<TObs, TAct, boolean>, seed, { first, ...(progress && { progress }) });
}
