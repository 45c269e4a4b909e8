import { checkFraction } from '../options/check-fraction.js';
import { checkRows } from '../returns/check-rows.js';

const WHERE = 'generalizedAdvantageEstimation';

/** T steps of N environments, every array [T, N] time-major. */
export interface AdvantageRollout {
  /** The reward of each step. */
  readonly rewards: Float32Array;
  /** V(s_t). */
  readonly values: Float32Array;
  /** 1 where s_{t+1} is terminal: its value counts as zero. */
  readonly terminated: Uint8Array;
  /** 1 where the episode was cut: the value of the true successor counts, what came after does not. */
  readonly truncated: Uint8Array;
  /** V of the true successor of step t: of the final observation where the episode ended, of s_{t+1} otherwise. */
  readonly nextValues: Float32Array;
  /** N. */
  readonly numEnvs: number;
}

/** Where {@link generalizedAdvantageEstimation} writes, [T, N]. */
export interface Advantages {
  /** Â_t. */
  readonly advantages: Float32Array;
  /** Â_t + V(s_t): the λ-returns, what the value function regresses to. */
  readonly valueTargets: Float32Array;
}

/**
 * Generalised advantage estimation (Schulman et al. 2016, eq. 16), with termination and truncation kept apart:
 *
 *     δ_t = r_t + γ·nextValue_t·(1 − terminated_t) − V_t
 *     Â_t = δ_t + γλ·(1 − terminated_t)(1 − truncated_t)·Â_{t+1},   Â = 0 after the last row
 *
 * λ = 0 is the TD error, λ = 1 the Monte-Carlo return minus the value. A rollout's end is no episode's end: the last row
 * bootstraps from its `nextValues` like any other.
 *
 * @param rollout - [T, N] arrays
 * @param options - discount γ and λ, both in [0, 1]
 * @param out - where to write; new arrays by default
 * @throws InvalidOptionsError when γ or λ is outside [0, 1]
 * @throws InvalidShapeError when an array is missing, or their lengths differ or are no multiple of a positive `numEnvs`
 */
export function generalizedAdvantageEstimation(
  rollout: AdvantageRollout,
  options: { readonly gamma: number; readonly lambda: number },
  out: Advantages = emptyAdvantages(rollout?.rewards?.length),
): Advantages {
  const { rewards, values, terminated, truncated, nextValues, numEnvs } = rollout ?? {};
  const { advantages, valueTargets } = out ?? {};
  checkRows(WHERE, { rewards, values, terminated, truncated, nextValues, advantages, valueTargets }, numEnvs);
  const { gamma, lambda } = options ?? {};
  checkFraction(WHERE, 'gamma', gamma);
  checkFraction(WHERE, 'lambda', lambda);
  // in the order of memory, the advantages behind each environment's steps in float64
  const behind = new Float64Array(numEnvs);
  for (let row = rewards.length - numEnvs; row >= 0; row -= numEnvs) {
    for (let env = 0; env < numEnvs; env++) {
      const i = row + env;
      const delta = rewards[i]! + (terminated[i] ? 0 : gamma * nextValues[i]!) - values[i]!;
      const advantage = delta + (terminated[i] || truncated[i] ? 0 : gamma * lambda * behind[env]!);
      behind[env] = advantage;
      advantages[i] = advantage;
      valueTargets[i] = advantage + values[i]!;
    }
  }
  return out;
}

function emptyAdvantages(size = 0): Advantages {
  return { advantages: new Float32Array(size), valueTargets: new Float32Array(size) };
}
