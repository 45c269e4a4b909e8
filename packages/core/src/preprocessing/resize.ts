import type { Box } from '../spaces/box.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';

/**
 * Shrinks an image to [height, width] by area averaging: each output pixel is the mean of the input area that it covers,
 * with fractions of pixels at the edges counted as such. [H, W, C] → [height, width, C].
 *
 * @throws InvalidOptionsError when the new size is larger than the image
 */
export function resize<const H extends number, const W extends number>(
  size: readonly [H, W],
): <C extends number>(space: Box<readonly [number, number, C]>) => Stage<Box<readonly [H, W, C]>> {
  const [height, width] = size;
  return (space) => {
    requireImage('resize', space);
    const [rows, columns, channels] = space.shape;
    requireWhole('resize', { name: 'height', value: height, from: 1, to: rows });
    requireWhole('resize', { name: 'width', value: width, from: 1, to: columns });
    return {
      name: `resize(${height}, ${width})`,
      space: boxLike(space, [height, width, channels] as const),
      create: () => areaAverage({ rows, columns, channels, height, width }),
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
function areaAverage({ rows, columns, channels, height, width }: Sizes) {
  const narrow = new Float64Array(rows * width * channels);
  return {
    apply(input: Float32Array, output: Float32Array): void {
      shrinkAxis(input, narrow, { outer: rows, from: columns, to: width, inner: channels });
      shrinkAxis(narrow, output, { outer: 1, from: rows, to: height, inner: width * channels });
    },
  };
}

type Values = Float32Array | Float64Array;

/** [outer, from, inner] → [outer, to, inner]: each output is the mean of the from/to inputs under it. */
function shrinkAxis(input: Values, output: Values, axis: { outer: number; from: number; to: number; inner: number }): void {
  const { outer, from, to, inner } = axis;
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
        output[(block * to + target) * inner + k] = sum / ratio;
      }
    }
  }
}
