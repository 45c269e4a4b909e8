import type { Box } from '../spaces/box.js';
import type { Dtype, DtypeArray } from '../spaces/space.js';
import { boxLike, requireImage, requireSizes, requireWhole } from './image.js';
import type { Stage } from './stage.js';
import { axisOf, type Taps, tapsOf, weightedMeans, wholeOf } from './weighted-means.js';

/**
 * Shrinks an image to [height, width] by area averaging: each output pixel is the mean of the input area that it covers,
 * with fractions of pixels at the edges counted as such; rounded for bytes only. [H, W, C] → [height, width, C].
 *
 * @throws InvalidOptionsError when the new size is larger than the image
 */
export function resize<const H extends number, const W extends number>(
  size: readonly [H, W],
): <C extends number, D extends Dtype>(space: Box<readonly [number, number, C], D>) => Stage<Box<readonly [H, W, C], D>> {
  requireSizes('resize', size);
  const [height, width] = size;
  return (space) => {
    requireImage('resize', space);
    const [rows, columns, channels] = space.shape;
    requireWhole('resize', { name: 'height', value: height, from: 1, to: rows });
    requireWhole('resize', { name: 'width', value: width, from: 1, to: columns });
    return {
      name: `resize(${height}, ${width})`,
      space: boxLike(space, [height, width, channels] as const),
      create: () => areaAverage({ rows, columns, channels, height, width }, space.dtype === 'uint8' ? 0.5 : 0),
    };
  };
}

interface Sizes {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/** Averages along the rows first, then along the columns; the two passes together are the area average. */
function areaAverage({ rows, columns, channels, height, width }: Sizes, rounding: number) {
  const narrow = new Float64Array(rows * width * channels);
  const alongRows = axisOf({ taps: areaTaps(columns, width), outer: rows, inner: channels, rounding: 0 });
  const alongColumns = axisOf({ taps: areaTaps(rows, height), outer: 1, inner: width * channels, rounding });
  const [allRows, allColumns] = [wholeOf(alongRows), wholeOf(alongColumns)];
  return {
    apply(input: DtypeArray, output: DtypeArray): void {
      weightedMeans(input, narrow, { axis: alongRows, part: allRows });
      weightedMeans(narrow, output, { axis: alongColumns, part: allColumns });
    },
  };
}

/** Each output is the mean of the from/to inputs under it, weighted by how much of each it covers. */
function areaTaps(from: number, to: number): Taps {
  const ratio = from / to;
  return tapsOf(from, to, ratio, (target) => {
    const begin = target * ratio;
    const end = Math.min(from, begin + ratio);
    const start = Math.floor(begin);
    const weights = Array.from({ length: Math.ceil(end) - start }, (_, i) => Math.min(end, start + i + 1) - Math.max(begin, start + i));
    return { start, weights };
  });
}
