import { type BatchMoments, deviationOf } from './batch-moments.js';

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
  standardizeBy(validMoments(values, valid, part), values, valid, part);
}

/** As {@link standardizeValid}, with the mean and the deviation of a batch that these rows may be a part of. */
export function standardizeBy(moments: BatchMoments, values: Float32Array, valid: Uint8Array, part: Part = { from: 0, to: values.length, stride: 1 }): void {
  const { mean } = moments;
  const { from, to, stride } = part;
  const scale = deviationOf(moments) + 1e-8;
  for (let i = from; i < to; i += stride) values[i] = (valid[i]! * (values[i]! - mean)) / scale;
}

/** The moments of the steps that count, in float64. */
export function validMoments(values: Float32Array, valid: Uint8Array, { from, to, stride }: Part = { from: 0, to: values.length, stride: 1 }): BatchMoments {
  let count = 0;
  let sum = 0;
  for (let i = from; i < to; i += stride) {
    count += valid[i]!;
    sum += valid[i]! * values[i]!;
  }
  const mean = count === 0 ? 0 : sum / count;
  let squares = 0;
  for (let i = from; i < to; i += stride) {
    const difference = values[i]! - mean;
    squares += valid[i]! * difference * difference;
  }
  return { count, mean, squares };
}
