import { Rng, type Space, sample } from '@pg/core';
import type { EnvDefinition } from '@pg/envs';

/** Draws actions for an author's own functions, of those that they allow. */
export function ownActions({ action }: EnvDefinition<unknown, Space, Space>, seed: number) {
  const rng = Rng.fromSeed(seed).stream('actions');
  return (mask?: ArrayLike<number | boolean>) => sample(action, rng, mask && Uint8Array.from(mask as ArrayLike<number>, (entry) => (entry ? 1 : 0))) as never;
}
