import type { Box } from '../spaces/box.js';
import type { Dtype, DtypeArray } from '../spaces/space.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';

/**
 * Shrinks an image to [height, width] by area averaging: each output pixel is the mean of the input area that it covers,
 * with fractions of pixels at the edges counted as such; rounded for bytes only. [H, W, C] → [height, width, C].
 *
 * @throws InvalidOptionsError when the new size is larger than the image
 */
export function resize<const H extends number, const W extends number>(
  size: readonly [H, W],
): <C extends number, D extends Dtype>(space: Box<readonly [number, number, C], D>) => Stage<Box<readonly [H, W, C], D>> {
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
  return {
    apply(input: DtypeArray, output: DtypeArray): void {
      shrinkAxis(input, narrow, { outer: rows, from: columns, to: width, inner: channels, rounding: 0 });
      shrinkAxis(narrow, output, { outer: 1, from: rows, to: height, inner: width * channels, rounding });
    },
  };
}

type Values = DtypeArray | Float64Array;

/** [outer, from, inner] → [outer, to, inner]: each output is the mean of the from/to inputs under it, plus `rounding`. */
function shrinkAxis(input: Values, output: Values, axis: { outer: number; from: number; to: number; inner: number; rounding: number }): void {
  const { outer, from, to, inner, rounding } = axis;
  const ratio = from / to;
  for (let block = 0; block < outer; block++) {
    for (let target = 0; target < to; target++) {
      const start = target * ratio;
      const end = Math.min(from, start + ratio);
      for (let k = 0; k < inner; k++) {
        let sum = 0;
        for (let i = Math.floor(start); i < end; i++) {
          sum += input[(block * from + i) * inner + k]! * (Math.min(end, i + 1) - Math.max(start, i));
        }
        output[(block * to + target) * inner + k] = sum / ratio + rounding;
      }
    }
  }
}
