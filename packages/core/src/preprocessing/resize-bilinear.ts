import type { Box } from '../spaces/box.js';
import type { Dtype, DtypeArray } from '../spaces/space.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';

/**
 * Resizes an image to [height, width] with a triangle filter that grows with the reduction, so that nothing is skipped:
 * Pillow's `BILINEAR`, columns first, then rows; bytes are rounded after each of the two. [H, W, C] → [height, width, C].
 *
 * @throws InvalidOptionsError when a size is not a whole number from 1 to 16384
 */
export function resizeBilinear<const H extends number, const W extends number>(
  size: readonly [H, W],
): <C extends number, D extends Dtype>(space: Box<readonly [number, number, C], D>) => Stage<Box<readonly [H, W, C], D>> {
  const [height, width] = size;
  requireWhole('resizeBilinear', { name: 'height', value: height, from: 1, to: 16384 });
  requireWhole('resizeBilinear', { name: 'width', value: width, from: 1, to: 16384 });
  return (space) => {
    requireImage('resizeBilinear', space);
    const [rows, columns, channels] = space.shape;
    const narrower = filterTaps(columns, width);
    const shorter = filterTaps(rows, height);
    return {
      name: `resizeBilinear(${height}, ${width})`,
      space: boxLike(space, [height, width, channels] as const),
      create() {
        const bytes = space.dtype === 'uint8';
        const narrow = new (bytes ? Uint8Array : Float32Array)(rows * width * channels);
        const rounding = bytes ? 0.5 : 0;
        return {
          apply(input: DtypeArray, output: DtypeArray): void {
            filterAxis(input, narrow, { taps: narrower, outer: rows, inner: channels, rounding });
            filterAxis(narrow, output, { taps: shorter, outer: 1, inner: width * channels, rounding });
          },
        };
      },
    };
  };
}

/** For each of the outputs along an axis the inputs that it is a weighted mean of: `counts[i]` from `starts[i]` on. */
interface Taps {
  readonly from: number;
  readonly to: number;
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  /** The weights of all outputs one after the other. */
  readonly weights: Float64Array;
}

/** A triangle as wide as two outputs, and at least two inputs, round the middle of each output; cut off at the edges. */
function filterTaps(from: number, to: number): Taps {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const weights: number[] = [];
  for (let target = 0; target < to; target++) {
    const center = (target + 0.5) * ratio;
    const start = Math.max(0, Math.floor(center - reach + 0.5));
    const end = Math.min(from, Math.floor(center + reach + 0.5));
    const heights = Array.from({ length: end - start }, (_, i) => Math.max(0, 1 - Math.abs(start + i + 0.5 - center) / reach));
    const sum = heights.reduce((total, height) => total + height, 0);
    starts[target] = start;
    counts[target] = end - start;
    weights.push(...heights.map((height) => height / sum));
  }
  return { from, to, starts, counts, weights: Float64Array.from(weights) };
}

/** [outer, from, inner] → [outer, to, inner]. */
function filterAxis(input: DtypeArray, output: DtypeArray, axis: { taps: Taps; outer: number; inner: number; rounding: number }): void {
  const { taps, outer, inner, rounding } = axis;
  const { from, to, starts, counts, weights } = taps;
  for (let block = 0, at = 0; block < outer; block++) {
    for (let target = 0, tap = 0; target < to; target++) {
      const count = counts[target]!;
      const start = (block * from + starts[target]!) * inner;
      for (let k = 0; k < inner; k++, at++) {
        let sum = rounding;
        for (let i = 0, source = start + k; i < count; i++, source += inner) sum += weights[tap + i]! * input[source]!;
        output[at] = sum;
      }
      tap += count;
    }
  }
}
