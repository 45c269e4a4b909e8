import { FIELD_END, FIELD_TOP, HEIGHT, WALL_TOP, WIDTH } from './geometry.js';
import type { Colors } from './palette.js';

/** Columns at the left of the first row that stay black. */
const BLACK_WIDTH = 8;

/** A picture without sprites and scores: background and walls, flat [210, 160, channels]. */
export function emptyPicture({ background, wall }: Colors): Uint8Array {
  const channels = background.length;
  const pixels = new Uint8Array(HEIGHT * WIDTH * channels);
  const paint = (color: readonly number[], from: number, to: number) => {
    for (let i = from * channels; i < to * channels; i++) pixels[i] = color[i % channels]!;
  };
  paint(background, BLACK_WIDTH, WIDTH * HEIGHT);
  paint(wall, WALL_TOP * WIDTH, FIELD_TOP * WIDTH);
  paint(wall, FIELD_END * WIDTH, HEIGHT * WIDTH);
  return pixels;
}
