import { requireNumbers } from '../options/require-argument.js';
/** Mean and standard deviation of a batch. */
export interface Moments {
  readonly mean: number;
  /** The population standard deviation, √(Σ(x − mean)²/n). */
  readonly std: number;
}

/** Mean and population standard deviation by two passes in index order, in float64. Of no numbers: 0 and 0. */
export function moments(values: ArrayLike<number>): Moments {
  requireNumbers('moments', 'values', values);
  const n = values.length;
  if (n === 0) return { mean: 0, std: 0 };
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const difference = values[i]! - mean;
    squares += difference * difference;
  }
  return { mean, std: Math.sqrt(squares / n) };
}
