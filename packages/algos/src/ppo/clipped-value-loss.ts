/** What the loss is taken of: the rows of a minibatch. */
export interface ValueRows {
  /** V(s), at least [count]. */
  readonly values: Float32Array;
  /** V(s) when the data was collected, at least [count]. */
  readonly oldValues: Float32Array;
  /** What V regresses to, at least [count]. */
  readonly targets: Float32Array;
  /** How many rows. */
  readonly count: number;
  /** How many rows the minibatch has, of which these are a part; `count` by default. */
  readonly total?: number;
}

/**
 * The value loss mean(½·max((V − target)², (V' − target)²)), V' being V kept within `clipRange` of the old value, and its
 * derivative times `valueCoef`. An infinite range leaves ½(V − target)².
 *
 * @param gradient - where to write the derivative, at least [count]
 * @returns the mean loss; of a part of the minibatch its share
 */
export function clippedValueLoss(
  { values, oldValues, targets, count, total = count }: ValueRows,
  clipRange: number,
  valueCoef: number,
  gradient: Float32Array,
): number {
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const old = oldValues[i]!;
    const error = values[i]! - targets[i]!;
    const clippedError = Math.min(old + clipRange, Math.max(old - clipRange, values[i]!)) - targets[i]!;
    const free = error * error >= clippedError * clippedError;
    squares += free ? error * error : clippedError * clippedError;
    gradient[i] = free ? (valueCoef * error) / total : 0;
  }
  return (0.5 * squares) / total;
}
