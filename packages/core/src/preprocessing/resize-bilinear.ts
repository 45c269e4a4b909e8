import type { Box } from '../spaces/box.js';
import type { Dtype, DtypeArray } from '../spaces/space.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';
import { type Axis, axisOf, type Taps, tapsOf, weightedMeans } from './weighted-means.js';

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
    const bytes = space.dtype === 'uint8';
    const rounding = bytes ? 0.5 : 0;
    return {
      name: `resizeBilinear(${height}, ${width})`,
      space: boxLike(space, [height, width, channels] as const),
      create: () =>
        twoPasses(new (bytes ? Uint8Array : Float32Array)(rows * width * channels), [
          axisOf({ taps: triangleTaps(columns, width), outer: rows, inner: channels, rounding }),
          axisOf({ taps: triangleTaps(rows, height), outer: 1, inner: width * channels, rounding }),
        ]),
    };
  };
}

function twoPasses(narrow: DtypeArray, [alongRows, alongColumns]: readonly [Axis, Axis]) {
  return {
    apply(input: DtypeArray, output: DtypeArray): void {
      weightedMeans(input, narrow, alongRows);
      weightedMeans(narrow, output, alongColumns);
    },
  };
}

/** A triangle as wide as two outputs, and at least two inputs, round the middle of each output; cut off at the edges. */
function triangleTaps(from: number, to: number): Taps {
  const ratio = from / to;
  const reach = Math.max(1, ratio);
  return tapsOf(from, to, 1, (target) => {
    const center = (target + 0.5) * ratio;
    const start = Math.max(0, Math.floor(center - reach + 0.5));
    const end = Math.min(from, Math.floor(center + reach + 0.5));
    const heights = Array.from({ length: end - start }, (_, i) => Math.max(0, 1 - Math.abs(start + i + 0.5 - center) / reach));
    const sum = heights.reduce((total, height) => total + height, 0);
    return { start, weights: heights.map((height) => height / sum) };
  });
}
