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
}

/**
 * The value loss valueCoef·mean(ℓ(V − target)), or the sum, as its derivative ∂L/∂V = valueCoef·ℓ'/n for the n steps that count; n is
 * 1 for a sum. ℓ' is the error itself, for Huber's loss clipped to ± δ.
 *
 * @param gradient - where to write the derivative, at least [n]
 */
export function valueLoss(rows: ValueRows, options: ValueLossOptions, gradient: Float32Array): ValueLoss {
  const { values, targets, valid } = rows;
  const { valueCoef, valueLoss: kind = 'squared', reduction = 'mean' } = options;
  const delta = kind === 'squared' ? Number.POSITIVE_INFINITY : kind.huber;
  const count = countValid(valid);
  const divisor = reduction === 'sum' ? 1 : count;
  let losses = 0;
  for (let i = 0; i < values.length; i++) {
    const error = values[i]! - targets[i]!;
    const slope = Math.min(delta, Math.max(-delta, error));
    // slope·(error − ½slope) is ½e² within ± δ, and δ(|e| − ½δ) beyond
    losses += valid[i]! * slope * (error - 0.5 * slope);
    gradient[i] = (valid[i]! * valueCoef * slope) / divisor;
  }
  return { valueLoss: losses / count, explainedVariance: explainedVariance(rows) };
}

/** 1 − Var(target − V)/Var(target) over the steps that count; NaN when the targets do not vary. */
export function explainedVariance({ values, targets, valid }: ValueRows): number {
  const spread = deviation({ targets, valid });
  return spread > 0 ? 1 - (deviation({ values, targets, valid }) / spread) ** 2 : Number.NaN;
}

/** Population standard deviation, over the steps that count, of V − target, or of the target without V; by two passes in float64. */
function deviation({ values, targets, valid }: Pick<ValueRows, 'targets' | 'valid'> & Partial<ValueRows>): number {
  const count = countValid(valid);
  let sum = 0;
  for (let i = 0; i < valid.length; i++) if (valid[i]) sum += values ? values[i]! - targets[i]! : targets[i]!;
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < valid.length; i++) {
    if (!valid[i]) continue;
    const difference = (values ? values[i]! - targets[i]! : targets[i]!) - mean;
    squares += difference * difference;
  }
  return Math.sqrt(squares / count);
}
