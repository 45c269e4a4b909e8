import { gray } from '../atari/gray.js';

/** The colours of a picture, a number for each channel of a pixel, 0 to 255. */
export interface Colors {
  readonly background: readonly number[];
  /** Walls, digits, and the ball above the bricks. */
  readonly wall: readonly number[];
  /** The paddle, the block at the right, and the ball below the bricks. */
  readonly paddle: readonly number[];
  /** The block at the left. */
  readonly leftBlock: readonly number[];
  /** The rows of bricks, from the top. */
  readonly bricks: readonly (readonly number[])[];
}

/** Red, green, blue, as the emulators show an NTSC console's colours. */
export const RGB_COLORS: Colors = {
  background: [0, 0, 0],
  wall: [142, 142, 142],
  paddle: [200, 72, 72],
  leftBlock: [66, 158, 130],
  bricks: [
    [200, 72, 72],
    [198, 108, 58],
    [180, 122, 48],
    [162, 162, 42],
    [72, 160, 72],
    [66, 72, 200],
  ],
};

/** The same colours as one channel. */
export const GRAY_COLORS: Colors = {
  background: gray(RGB_COLORS.background),
  wall: gray(RGB_COLORS.wall),
  paddle: gray(RGB_COLORS.paddle),
  leftBlock: gray(RGB_COLORS.leftBlock),
  bricks: RGB_COLORS.bricks.map(gray),
};
