import { parseOptions, type Space } from '@pg/core';
import * as z from 'zod/mini';
import { createSpec } from '../env/create-spec.js';
import { requireSpec } from '../env/define-env.js';
import type { EnvSpec } from '../env/env.js';

const schema = z.strictObject({ numEnvs: z.int().check(z.gte(1)) });

/**
 * N copies of an environment, stepped together.
 *
 * @param env - one environment's specification, its stages included
 * @param options - `numEnvs`, N
 * @throws InvalidOptionsError when N is not a positive whole number
 * @example
 * ```ts
 * const envs = vectorize(cartPole(), { numEnvs: 32 }).make({ seed: 7 });
 * let obs = envs.reset(); // [32, 4]
 * ```
 */
export function vectorize<TObs extends Space, TAct extends Space>(
  env: EnvSpec<TObs, TAct, boolean>,
  options: { readonly numEnvs: number },
): EnvSpec<TObs, TAct, true> {
  requireSpec('vectorize', env);
  const { numEnvs } = parseOptions('vectorize', schema, options);
  return createSpec<TObs, TAct, true>(env['~source'], true, numEnvs);
}
