import { type Box, box, type Dtype, type DtypeArray, resizeBilinear, type Shape, type Stage, sequence } from '@pg/core';
import { WIDTH } from '../geometry.js';
import { type PongPicture, requirePicture } from './difference.js';

/** The first row that is looked at, and how many: the play field but its first row, and the first row of the lower wall. */
const TOP = 35;
const ROWS = 160;

/**
 * The preprocessing of baby-a3c (Greydanus 2017): rows 35 to 194, the mean of red, green and blue, resized to 80 × 80 with an
 * antialiased bilinear filter, divided by 255: [210, 160, 3] → [80, 80, 1].
 *
 * @param options - `stretch`: whether each picture's darkest and brightest mean become 0 and 255 first, as the `imresize` of
 *   the SciPy of its time did unasked; true by default. Without it the background is 78/255.
 * @throws InvalidOptionsError when observations are not Pong's picture in colours
 */
export function babyA3cFrames(options: { readonly stretch?: boolean } = {}): (space: PongPicture) => Stage<Box<readonly [80, 80, 1]>> {
  const { stretch = true } = options;
  return (space) => {
    requirePicture('babyA3cFrames', space, [3]);
    const gray = meanStage(stretch);
    const small = resizeBilinear([80, 80])(gray.space);
    return sequence(stretch ? 'babyA3cFrames' : 'babyA3cFrames(stretch: false)', [gray, small, unitStage(small.space)]);
  };
}

/** [210, 160, 3] → [160, 160, 1], bytes. */
function meanStage(stretch: boolean): Stage<Box<readonly [160, 160, 1], 'uint8'>> {
  return {
    name: 'mean',
    space: box({ shape: [ROWS, WIDTH, 1], low: 0, high: 255, dtype: 'uint8' }),
    create() {
      const means = new Float64Array(ROWS * WIDTH);
      return {
        apply(input, output) {
          writeMeans(input, means);
          writeBytes(means, output, stretch);
        },
      };
    },
  };
}

function writeMeans(input: DtypeArray, means: Float64Array): void {
  for (let i = 0, j = TOP * WIDTH * 3; i < means.length; i++, j += 3) means[i] = (input[j]! + input[j + 1]! + input[j + 2]!) / 3;
}

/** Rounds to bytes; with `stretch` the least becomes 0 and the greatest 255. */
function writeBytes(means: Float64Array, output: DtypeArray, stretch: boolean): void {
  let least = 0;
  let most = 255;
  if (stretch) {
    least = most = means[0]!;
    for (let i = 1; i < means.length; i++) {
      const mean = means[i]!;
      if (mean < least) least = mean;
      if (mean > most) most = mean;
    }
  }
  const scale = 255 / (most - least);
  for (let i = 0; i < means.length; i++) output[i] = Math.floor((means[i]! - least) * scale + 0.5);
}

/** Bytes as numbers from 0 to 1. */
function unitStage<S extends Shape>(space: Box<S, Dtype>): Stage<Box<S>> {
  const size = space.low.length;
  return {
    name: 'unit',
    space: { kind: 'box', shape: space.shape, dtype: 'float32', low: new Float32Array(size), high: new Float32Array(size).fill(1) },
    create: () => ({
      apply(input, output) {
        for (let i = 0; i < size; i++) output[i] = input[i]! / 255;
      },
    }),
  };
}
