import { discountedReturns } from '@pg/core';
import type { Rollout } from '../rollouts/batch.js';

/** How returns are taken. */
export interface ReturnsOptions {
  /** Discount γ. */
  readonly gamma: number;
  /** Whether returns begin anew at every reward other than 0, as where each ends a point of a game (Karpathy 2016); false by default. */
  readonly resetOnReward?: boolean;
}

/** Discounted rewards to go, `[T, N]`; what lies behind the last step counts as nothing. */
export function returnsToGo(rollout: Rollout, { gamma, resetOnReward = false }: ReturnsOptions): Float32Array {
  const { rewards, done, numEnvs } = rollout;
  const ends = resetOnReward ? pointEnds(rollout) : done;
  return discountedReturns({ rewards, done: ends, numEnvs }, { gamma }, rollout.column('~returns'));
}

/** 1 at an episode's end and at each reward other than 0. */
function pointEnds({ rewards, done }: Pick<Rollout, 'rewards' | 'done'>): Uint8Array {
  return done.map((ended, i) => (ended || rewards[i] !== 0 ? 1 : 0));
}

/** Returns less a baseline, `[T, N]`, to be changed at will; a copy of the returns without one. */
export function advantagesOf(rollout: Rollout, returns: Float32Array, baseline: Float32Array | undefined): Float32Array {
  const advantages = rollout.column('~advantages');
  for (let i = 0; i < advantages.length; i++) advantages[i] = baseline === undefined ? returns[i]! : returns[i]! - baseline[i]!;
  return advantages;
}
