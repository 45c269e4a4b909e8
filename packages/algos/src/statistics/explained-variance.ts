import type { Batch, HasCritic } from '../rollouts/batch.js';
import { type Statistic, statistic } from '../update/total.js';
import { type BatchMoments, deviationOf } from './batch-moments.js';

/** 1 − Var(target − V)/Var(target) over the steps that count: 1 of a perfect critic, 0 of a constant one; NaN when targets do not vary. */
export function explainedVariance<R extends Pick<Batch, 'values' | 'valid'>>(batch: R & HasCritic<R>, targets: Float32Array): Statistic<number> {
  const { values, valid } = batch as Pick<Batch<'a critic'>, 'values' | 'valid'>;
  const moments = valueMoments({ values, targets, valid });
  return statistic([moments.targets, moments.errors], ([ofTargets, ofErrors]) => {
    const spread = deviationOf(ofTargets!);
    return spread > 0 ? 1 - (deviationOf(ofErrors!) / spread) ** 2 : Number.NaN;
  });
}

/** Values and what they regress to. */
interface ValueRows {
  /** V(s), [n]. */
  readonly values: Float32Array;
  /** Targets of V, [n]. */
  readonly targets: Float32Array;
  /** `[n]`: 1 where the step counts. */
  readonly valid: Uint8Array;
}

/** The moments of the targets and of the errors V − target, over the steps that count, in float64. */
function valueMoments({ values, targets, valid }: ValueRows): { readonly targets: BatchMoments; readonly errors: BatchMoments } {
  let count = 0;
  let target = 0;
  let error = 0;
  for (let i = 0; i < values.length; i++) {
    count += valid[i]!;
    target += valid[i]! * targets[i]!;
    error += valid[i]! * (values[i]! - targets[i]!);
  }
  if (count > 0) {
    target /= count;
    error /= count;
  }
  let targetSquares = 0;
  let errorSquares = 0;
  for (let i = 0; i < values.length; i++) {
    const ofTarget = targets[i]! - target;
    const ofError = values[i]! - targets[i]! - error;
    targetSquares += valid[i]! * ofTarget * ofTarget;
    errorSquares += valid[i]! * ofError * ofError;
  }
  return { targets: { count, mean: target, squares: targetSquares }, errors: { count, mean: error, squares: errorSquares } };
}
