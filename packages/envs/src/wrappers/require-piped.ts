import { requireArgument, requireSpace, type Space } from '@pg/core';
import type { PipedEnv } from '../env/wrapper.js';

/** Refuses to be put behind what is no environment: `pipe` calls with its space and itself; for JavaScript callers that call on their own. */
export function requirePiped(where: string, space: Space, env: PipedEnv): void {
  requireSpace(where, space);
  const fits = typeof env === 'object' && env !== null && 'actionSpace' in env;
  requireArgument(fits, where, { name: 'env', value: env, expected: `the environment in front: write spec.pipe(${where}(…))` });
}
