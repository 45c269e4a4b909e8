/** A part of a batch: the elements `from`, `from + stride`, … below `to`. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly stride: number;
}

/**
 * Shifts and scales the steps that count to mean 0 and standard deviation 1, in place: (x − mean)/(std + 1e-8); the others are set to
 * 0. A step that is alone becomes 0.
 *
 * @param values - [rows]
 * @param valid - `[rows]`: 1 where the step counts
 * @param part - all rows by default
 */
export function standardizeValid(values: Float32Array, valid: Uint8Array, part: Part = { from: 0, to: values.length, stride: 1 }): void {
  const { mean, std } = validMoments(values, valid, part);
  const { from, to, stride } = part;
  for (let i = from; i < to; i += stride) values[i] = (valid[i]! * (values[i]! - mean)) / (std + 1e-8);
}

/** Mean and population standard deviation of the steps that count, in float64. */
export function validMoments(values: Float32Array, valid: Uint8Array, { from, to, stride }: Part): { mean: number; std: number } {
  let count = 0;
  let sum = 0;
  for (let i = from; i < to; i += stride) {
    count += valid[i]!;
    sum += valid[i]! * values[i]!;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = from; i < to; i += stride) {
    const difference = values[i]! - mean;
    squares += valid[i]! * difference * difference;
  }
  return { mean, std: Math.sqrt(squares / count) };
}
