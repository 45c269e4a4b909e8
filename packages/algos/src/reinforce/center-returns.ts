import type { ReinforceOptions } from './options.js';

/**
 * Turns returns into advantages, in place: minus their mean (baseline), then over their standard deviation (standardisation,
 * which subtracts the mean as well). Steps that do not count are left out and set to 0.
 *
 * @param returns - [T, N]
 * @param valid - [T, N]: 1 where the step counts
 */
export function centerReturns(returns: Float32Array, valid: Uint8Array, options: Pick<ReinforceOptions, 'baseline' | 'standardize'>): void {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < returns.length; i++) {
    count += valid[i]!;
    sum += valid[i]! * returns[i]!;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < returns.length; i++) {
    const difference = returns[i]! - mean;
    squares += valid[i]! * difference * difference;
  }
  const shift = options.baseline === 'mean-return' || options.standardize ? mean : 0;
  const scale = options.standardize ? 1 / (Math.sqrt(squares / count) + 1e-8) : 1;
  for (let i = 0; i < returns.length; i++) returns[i] = valid[i]! * (returns[i]! - shift) * scale;
}
