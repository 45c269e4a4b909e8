import type { Batch, HasCritic } from '../rollouts/batch.js';
import type { Reduction } from './policy-gradient-loss.js';

/** The critic's part of a loss, for the metrics: this part's share of a mean over the whole batch. */
export interface CriticLoss {
  /** Mean of the loss of each step that counts, not weighed. */
  readonly valueLoss: number;
}

/** The critic's loss of an error e = V − target: ½e², or Huber's loss, which is δ(|e| − ½δ) beyond δ, so that no step pulls harder than δ. */
export type ValueLossKind = 'squared' | { readonly huber: number };

/** How the loss is taken and weighed. */
export interface ValueLossWeights {
  /** The weight of the value loss. */
  readonly valueCoef: number;
  /** Squared by default. */
  readonly valueLoss?: ValueLossKind;
  /** The mean by default. */
  readonly reduction?: Reduction;
  /** How far V may move from its value at the time of acting before the loss is clipped; infinite by default. */
  readonly clipRangeValue?: number;
}

/**
 * The value loss mean(max(ℓ(V − target), ℓ(V' − target))), or the sum, V' being V kept within `clipRangeValue` of the value at the time of
 * acting; as its coefficient ∂L/∂V = valueCoef·ℓ'/n for the n steps that count; n is 1 for a sum. An infinite range leaves ℓ(V − target).
 *
 * @param targets - `[rows]`
 */
export function valueLoss<R extends Batch>(batch: R & HasCritic<R>, targets: Float32Array, weights: ValueLossWeights): CriticLoss {
  const { rows, count, valid, values, actedValues, gradients } = batch as unknown as Batch<'a critic'>;
  const { valueCoef, valueLoss: kind = 'squared', reduction = 'mean', clipRangeValue: range = Number.POSITIVE_INFINITY } = weights;
  const delta = kind === 'squared' ? Number.POSITIVE_INFINITY : kind.huber;
  const divisor = reduction === 'sum' ? 1 : count;
  const slopes = gradients.value;
  const isClipped = range < Number.POSITIVE_INFINITY;
  let losses = 0;
  for (let i = 0; i < rows; i++) {
    const target = targets[i]!;
    const error = values[i]! - target;
    const slope = Math.min(delta, Math.max(-delta, error));
    const loss = slope * (error - 0.5 * slope);
    const clippedLoss = isClipped ? huber(clamp(values[i]!, actedValues[i]! - range, actedValues[i]! + range) - target, delta) : loss;
    const isFree = loss >= clippedLoss;
    losses += valid[i]! * (isFree ? loss : clippedLoss);
    slopes[i] = isFree ? (valid[i]! * valueCoef * slope) / divisor : 0;
  }
  return { valueLoss: losses / count };
}

/** ½e² within ± δ, and δ(|e| − ½δ) beyond. */
function huber(error: number, delta: number): number {
  const slope = clamp(error, -delta, delta);
  return slope * (error - 0.5 * slope);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
