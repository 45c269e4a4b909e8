import { generalizedAdvantageEstimation } from '@pg/core';
import type { HasCritic, Rollout } from '../rollouts/batch.js';

/** Estimates for each step of a rollout, `[T, N]`. */
export interface Estimates {
  /** Â, to be changed at will. */
  readonly advantages: Float32Array;
  /** Targets that V regresses to. */
  readonly targets: Float32Array;
}

/** Generalised advantage estimation (Schulman et al. 2016) over a rollout; see `generalizedAdvantageEstimation` of `@pg/core`. */
export function gae<R extends Rollout>(rollout: R & HasCritic<R>, options: { readonly gamma: number; readonly lambda: number }): Estimates {
  const { rewards, values, terminated, truncated, nextValues, numEnvs } = rollout as unknown as Rollout<'a critic'>;
  const advantages = rollout.column('~advantages');
  const valueTargets = rollout.column('~targets');
  generalizedAdvantageEstimation({ rewards, values, terminated, truncated, nextValues, numEnvs }, options, { advantages, valueTargets });
  return { advantages, targets: valueTargets };
}
