import { type BatchMoments, deviationOf } from './batch-moments.js';
import { countValid, type Reduction } from './policy-gradient-loss.js';

/** The critic's part of a loss, for the metrics. */
export interface ValueLoss {
  /** Mean of the loss of each step that counts: ½(V − target)², or Huber's; not weighed. */
  readonly valueLoss: number;
  /** 1 − Var(target − V)/Var(target): 1 is perfect, 0 is no better than a constant; NaN when the targets do not vary. */
  readonly explainedVariance: number;
}

/**
 * What the critic minimises: ½e² of the error e = V − target, or Huber's loss (Huber 1964), which is the same up to |e| = δ and
 * δ(|e| − ½δ) beyond, so that no step pulls harder than δ.
 */
export type ValueLossKind = 'squared' | { readonly huber: number };

/** What the loss is taken of. */
export interface ValueRows {
  /** V(s), [n]. */
  readonly values: Float32Array;
  /** What V regresses to, [n]. */
  readonly targets: Float32Array;
  /** `[n]`: 1 where the step counts. */
  readonly valid: Uint8Array;
}

/** How the loss is taken and weighed. */
export interface ValueLossOptions {
  /** The weight of the value loss. */
  readonly valueCoef: number;
  /** Squared by default. */
  readonly valueLoss?: ValueLossKind;
  /** The mean by default. */
  readonly reduction?: Reduction;
  /** How many steps the mean is over, where these rows are a part of them; by default those of them that count. */
  readonly count?: number;
}

/**
 * The value loss valueCoef·mean(ℓ(V − target)), or the sum, as its derivative ∂L/∂V = valueCoef·ℓ'/n for the n steps that count; n is
 * 1 for a sum. ℓ' is the error itself, for Huber's loss clipped to ± δ.
 *
 * @param gradient - where to write the derivative, at least [n]
 * @returns the mean loss of the steps that count, not weighed; of a part of them its share
 */
export function valueLoss({ values, targets, valid }: ValueRows, options: ValueLossOptions, gradient: Float32Array): number {
  const { valueCoef, valueLoss: kind = 'squared', reduction = 'mean', count = countValid(valid) } = options;
  const delta = kind === 'squared' ? Number.POSITIVE_INFINITY : kind.huber;
  const divisor = reduction === 'sum' ? 1 : count;
  let losses = 0;
  for (let i = 0; i < values.length; i++) {
    const error = values[i]! - targets[i]!;
    const slope = Math.min(delta, Math.max(-delta, error));
    // slope·(error − ½slope) is ½e² within ± δ, and δ(|e| − ½δ) beyond
    losses += valid[i]! * slope * (error - 0.5 * slope);
    gradient[i] = (valid[i]! * valueCoef * slope) / divisor;
  }
  return losses / count;
}

/** The moments of the targets and of the errors V − target, over the steps that count, in float64. */
export function valueMoments({ values, targets, valid }: ValueRows): { readonly targets: BatchMoments; readonly errors: BatchMoments } {
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

/** 1 − Var(target − V)/Var(target) of their moments; NaN when the targets do not vary. */
export function explainedVariance(targets: BatchMoments, errors: BatchMoments): number {
  const spread = deviationOf(targets);
  return spread > 0 ? 1 - (deviationOf(errors) / spread) ** 2 : Number.NaN;
}
