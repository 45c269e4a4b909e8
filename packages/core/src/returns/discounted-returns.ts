import { checkFraction } from '../options/check-fraction.js';
import { checkRows } from './check-rows.js';

const WHERE = 'discountedReturns';

/** Rewards of T steps in N environments, time-major. */
export interface RewardSequence {
  /** `[T, N]`: the reward of each step. */
  readonly rewards: Float32Array;
  /** `[T, N]`: 1 where the episode ended with this step, terminated or truncated; the sum is cut there. */
  readonly done: Uint8Array;
  /** N. */
  readonly numEnvs: number;
}

/**
 * Rewards to go: G_t = r_t + γ·(1 − done_t)·G_{t+1}, and G = 0 after the last row (Sutton and Barto, eq. 3.9).
 *
 * @param sequence - rewards and episode ends, [T, N] time-major
 * @param options - discount γ in [0, 1]
 * @param out - [T, N], where to write; a new array by default
 * @returns [T, N]; accumulated in float64, rounded to float32 when stored
 * @throws InvalidOptionsError when γ is outside [0, 1]
 * @throws InvalidShapeError when an array is missing, or their lengths differ or are no multiple of a positive `numEnvs`
 */
export function discountedReturns(
  sequence: RewardSequence,
  options: { readonly gamma: number },
  out: Float32Array = new Float32Array(sequence?.rewards?.length ?? 0),
): Float32Array {
  const { rewards, done, numEnvs } = sequence ?? {};
  checkRows(WHERE, { rewards, done, out }, numEnvs);
  const { gamma } = options ?? {};
  checkFraction(WHERE, 'gamma', gamma);
  for (let env = 0; env < numEnvs; env++) {
    let sum = 0;
    for (let i = rewards.length - numEnvs + env; i >= 0; i -= numEnvs) {
      sum = rewards[i]! + (done[i] ? 0 : gamma * sum);
      out[i] = sum;
    }
  }
  return out;
}
