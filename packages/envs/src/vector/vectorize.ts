import { parseOptions, type Space } from '@pg/core';
import * as z from 'zod/mini';
import { createSpec } from '../env/create-spec.js';
import { requireSpec } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';
import { type WorkerOptions, workersSchema } from '../workers/worker-options.js';

const schema = z.strictObject({ numEnvs: z.int().check(z.gte(1)), workers: z.optional(workersSchema) });

/** What {@link vectorize} can be told. */
export interface VectorizeOptions {
  /** N, the number of copies. */
  readonly numEnvs: number;
  /** Spreads the copies over worker threads, with the same results; without, the learner's thread steps them all. Node only. */
  readonly workers?: WorkerOptions;
}

/**
 * N copies of an environment, stepped together.
 *
 * Worker threads pay for environments whose step takes long: each call costs them some tens of microseconds for waking up. In
 * a browser leave them out, and run the whole learner in a `Worker`.
 *
 * @param env - one environment's specification, its stages included
 * @param options - `numEnvs`, N, and `workers`
 * @throws InvalidOptionsError when N is not a positive whole number, or an option of the workers is none
 * @example
 * ```ts
 * const envs = vectorize(cartPole(), { numEnvs: 32 }).make({ seed: 7 });
 * let obs = envs.reset(); // [32, 4]
 * ```
 */
export function vectorize<TObs extends Space, TAct extends Space>(env: EnvSpec<TObs, TAct, boolean>, options: VectorizeOptions): EnvSpec<TObs, TAct, true> {
  requireSpec('vectorize', env);
  const { numEnvs, workers } = parseOptions('vectorize', schema, options);
  const { workers: _, ...source } = env['~source'];
  return createSpec<TObs, TAct, true>(workers === undefined ? source : { ...source, workers }, true, numEnvs);
}
