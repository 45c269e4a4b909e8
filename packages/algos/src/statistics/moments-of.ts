import type { Rollout } from '../rollouts/batch.js';
import { collective, type YieldStar } from '../update/ask.js';
import { type Statistic, statistic, totalMoments } from '../update/total.js';
import type { BatchMoments } from './batch-moments.js';
import { standardizeBy, standardizeValid, validMoments } from './standardize-valid.js';

/** Count, mean and Σ(x − mean)² of the steps that count. */
export function momentsOf(values: Float32Array, valid: Uint8Array): Statistic<BatchMoments> {
  return statistic([validMoments(values, valid)], ([whole]) => whole!);
}

/**
 * Shifts and scales values to mean 0 and standard deviation 1 over the whole batch, in place; the population's deviation plus 1e-8
 * divides. Steps that do not count become 0.
 */
export function standardize(values: Float32Array, valid: Uint8Array): YieldStar<void> {
  return collective('standardize', function* () {
    const [whole] = yield* totalMoments([validMoments(values, valid)]);
    standardizeBy(whole!, values, valid);
  });
}

/** Standardises each episode on its own, in place; of one that reaches beyond the rollout the part within. */
export function standardizeEpisodes(values: Float32Array, { valid, done, numEnvs }: Pick<Rollout, 'valid' | 'done' | 'numEnvs'>): void {
  for (let n = 0; n < numEnvs; n++) {
    let from = n;
    for (let i = n; i < values.length; i += numEnvs) {
      const next = i + numEnvs;
      const ends = done[i] || next >= values.length || valid[next] !== valid[i];
      if (!ends) continue;
      if (valid[i]) standardizeValid(values, valid, { from, to: next, stride: numEnvs });
      else for (let k = from; k < next; k += numEnvs) values[k] = 0;
      from = next;
    }
  }
}

/** Subtracts a number from the steps that count, in place; the others become 0. */
export function subtract(values: Float32Array, valid: Uint8Array, shift: number): void {
  for (let i = 0; i < values.length; i++) values[i] = valid[i]! * (values[i]! - shift);
}
