import { moments } from '@pg/core';

/** The critic's part of a loss, for the metrics. */
export interface ValueLoss {
  /** Mean of ½(V − target)². */
  readonly valueLoss: number;
  /** 1 − Var(target − V)/Var(target): 1 is perfect, 0 is no better than a constant; NaN when the targets do not vary. */
  readonly explainedVariance: number;
}

/**
 * The value loss valueCoef·mean(½(V − target)²) as its derivative ∂L/∂V = valueCoef·(V − target)/n.
 *
 * @param values - V(s), [n]
 * @param targets - what V regresses to, [n]
 * @param valueCoef - weight of the value loss
 * @param gradient - where to write the derivative, at least [n]
 */
export function valueLoss(values: Float32Array, targets: Float32Array, valueCoef: number, gradient: Float32Array): ValueLoss {
  const n = values.length;
  const errors = new Float64Array(n);
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const error = values[i]! - targets[i]!;
    errors[i] = error;
    squares += error * error;
    gradient[i] = (valueCoef * error) / n;
  }
  return { valueLoss: (0.5 * squares) / n, explainedVariance: explained(errors, targets) };
}

/** 1 − Var(target − V)/Var(target); NaN when the targets do not vary. */
export function explainedVariance(values: Float32Array, targets: Float32Array): number {
  return explained(
    Float64Array.from(values, (value, i) => value - targets[i]!),
    targets,
  );
}

function explained(errors: Float64Array, targets: Float32Array): number {
  const spread = moments(targets).std;
  return spread > 0 ? 1 - (moments(errors).std / spread) ** 2 : Number.NaN;
}
