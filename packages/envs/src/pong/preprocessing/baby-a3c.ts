import {
  type Box,
  box,
  checkKeys,
  type Dtype,
  type DtypeArray,
  describeValue,
  InvalidOptionsError,
  resizeBilinear,
  type Shape,
  type Stage,
  sequence,
} from '@pg/core';
import { WIDTH } from '../geometry.js';
import { type PongPicture, requirePongPicture } from './difference.js';

/** The first row that is looked at: to the play field but its first row comes the first row of the lower wall. */
export const MEAN_TOP = 35;
/** How many rows are looked at. */
export const MEAN_ROWS = 160;
/** Red, green and blue of white together. */
const WHITE = 765;

/**
 * The preprocessing of baby-a3c (Greydanus 2017): rows 35 to 194, the mean of red, green and blue, resized to 80 × 80 with an
 * antialiased bilinear filter, divided by 255: [210, 160, 3] → [80, 80, 1].
 *
 * Directly behind `pong()` only what moves is drawn and resized.
 *
 * @param options - `stretch`: whether each picture's darkest and brightest mean become 0 and 255 first, as the `imresize` of
 *   the SciPy of its time did unasked; true by default. Without it the background is 78/255.
 * @throws InvalidOptionsError when an option is unknown or wrong, or observations are not Pong's picture in colours
 */
export function babyA3cFrames(options: { readonly stretch?: boolean } = {}): (space: PongPicture) => Stage<Box<readonly [80, 80, 1]>> {
  checkKeys('babyA3cFrames', options, ['stretch']);
  const { stretch = true } = options;
  if (typeof stretch !== 'boolean') {
    const got = `stretch: ${describeValue(stretch)}`;
    throw new InvalidOptionsError({ where: 'babyA3cFrames', got, expected: 'true or false', remedy: 'Change "stretch".' });
  }
  return (space) => {
    requirePongPicture('babyA3cFrames', space);
    const gray = meanStage(stretch);
    const small = resizeBilinear([80, 80])(gray.space);
    const stage = sequence(stretch ? 'babyA3cFrames' : 'babyA3cFrames(stretch: false)', [gray, small, unitStage(small.space)]);
    known.set(stage, stretch);
    return stage;
  };
}

const known = new WeakMap<Stage, boolean>();

/** Whether a stage stretches, if it is one of {@link babyA3cFrames}. */
export function isStretched(stage: Stage): boolean | undefined {
  return known.get(stage);
}

/** The mean of the three colours: [210, 160, 3] → [160, 160, 1], bytes. */
export function meanStage(stretch: boolean): Stage<Box<readonly [160, 160, 1], 'uint8'>> {
  return {
    name: 'mean',
    space: box({ shape: [MEAN_ROWS, WIDTH, 1], low: 0, high: 255, dtype: 'uint8' }),
    create() {
      const sums = new Uint16Array(MEAN_ROWS * WIDTH);
      const bytes = new Uint8Array(WHITE + 1);
      return {
        apply(input, output) {
          const range = writeSums(input, sums);
          writeBytes(bytes, stretch ? range : [0, WHITE]);
          for (let i = 0; i < sums.length; i++) output[i] = bytes[sums[i]!]!;
        },
      };
    },
  };
}

/** Writes three times the means, which is whole. Returns the least and the greatest. */
function writeSums(input: DtypeArray, sums: Uint16Array): readonly [least: number, most: number] {
  let least = WHITE;
  let most = 0;
  for (let i = 0, j = MEAN_TOP * WIDTH * 3; i < sums.length; i++, j += 3) {
    const sum = input[j]! + input[j + 1]! + input[j + 2]!;
    sums[i] = sum;
    if (sum < least) least = sum;
    if (sum > most) most = sum;
  }
  return [least, most];
}

/** The byte of each sum from `least`, which becomes 0, to `most`, which becomes 255. */
function writeBytes(bytes: Uint8Array, [least, most]: readonly [number, number]): void {
  const darkest = least / 3;
  const scale = 255 / (most / 3 - darkest);
  for (let sum = least; sum <= most; sum++) bytes[sum] = Math.floor((sum / 3 - darkest) * scale + 0.5);
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
