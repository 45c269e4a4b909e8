import { parseOptions, type Space } from '@pg/core';
import * as z from 'zod/mini';
import { createSpec } from '../env/create-spec.js';
import type { EnvSpec } from '../env/env.js';
import { requireSpec } from '../env/require-spec.js';
import { type WorkerOptions, workerShape, workersOf } from '../workers/worker-options.js';
import { MOST_COPIES } from './most-copies.js';

const schema = z.strictObject({ numEnvs: z.int().check(z.gte(1), z.lte(MOST_COPIES)), ...workerShape });

/** What {@link vectorize} can be told. */
export interface VectorizeOptions extends WorkerOptions {
  /** N, the number of copies; 262,144 (2^18) at most. */
  readonly numEnvs: number;
}

/**
 * N copies of an environment, stepped together.
 *
 * Worker threads pay for environments whose step takes long: each call costs them some tens of microseconds for waking up. In
 * a browser leave them out, and run the whole learner in a `Worker`.
 *
 * @param env - one environment's specification, its stages included
 * @param options - `numEnvs`, N; `workers`, and for them `module`, `export`, `timeoutMs` and `heapMb`
 * @throws InvalidOptionsError when N is not a whole number from 1 to 2^18, an option unknown or wrong, or workers have no module
 * @example
 * ```ts
 * const envs = vectorize(cartPole(), { numEnvs: 32 }).make({ seed: 7 });
 * let obs = envs.reset(); // [32, 4]
 * ```
 */
export function vectorize<TObs extends Space, TAct extends Space>(env: EnvSpec<TObs, TAct, boolean>, options: VectorizeOptions): EnvSpec<TObs, TAct, true> {
  requireSpec('vectorize', env);
  const { numEnvs, ...threads } = parseOptions('vectorize', schema, options);
  const workers = workersOf(threads as WorkerOptions);
  const { workers: _, ...source } = env['~source'];
  return createSpec<TObs, TAct, true>(workers === undefined ? source : { ...source, workers }, true, numEnvs);
}
