import { InvalidShapeError } from '../errors/kinds.js';
import { checkFraction } from '../options/check-fraction.js';

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
 * @param gamma - discount γ in [0, 1]
 * @param out - [T, N], where to write; a new array by default
 * @returns [T, N]; accumulated in float64, rounded to float32 when stored
 * @throws InvalidOptionsError when γ is outside [0, 1]
 * @throws InvalidShapeError when the arrays' lengths differ or are no multiple of a positive `numEnvs`
 */
export function discountedReturns(sequence: RewardSequence, gamma: number, out: Float32Array = new Float32Array(sequence.rewards.length)): Float32Array {
  checkFraction('discountedReturns', 'gamma', gamma);
  const { rewards, done, numEnvs } = sequence;
  const size = rewards.length;
  if (done.length !== size || out.length !== size || !(Number.isInteger(numEnvs) && numEnvs > 0 && size % numEnvs === 0)) {
    throw new InvalidShapeError({
      where: 'discountedReturns',
      got: `${size} rewards, ${done.length} ends and ${out.length} outputs for ${numEnvs} environments`,
      expected: 'three arrays of T × numEnvs elements, for at least one environment',
      remedy: 'Pass time-major arrays of the same length.',
    });
  }
  for (let env = 0; env < numEnvs; env++) {
    let sum = 0;
    for (let i = size - numEnvs + env; i >= 0; i -= numEnvs) {
      sum = rewards[i]! + (done[i] ? 0 : gamma * sum);
      out[i] = sum;
    }
  }
  return out;
}
