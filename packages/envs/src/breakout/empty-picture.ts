import { HEIGHT, WIDTH } from '../atari/screen-size.js';
import { FIELD_LEFT, FIELD_RIGHT, FIELD_TOP, LEFT_BLOCK_END, PADDLE_TOP, RIGHT_BLOCK_END, WALL_TOP } from './geometry.js';
import type { Colors } from './palette.js';

/** A rectangle: rows and columns from the first to before the second. */
interface Area {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

/** A picture of the walls alone, flat [210, 160, channels]. */
export function emptyPicture({ background, wall, paddle, leftBlock }: Colors): Uint8Array {
  const channels = background.length;
  const pixels = new Uint8Array(HEIGHT * WIDTH * channels);
  const paint = (color: readonly number[], { rows, columns }: Area) => {
    for (let y = rows[0]; y < rows[1]; y++) {
      for (let x = columns[0]; x < columns[1]; x++) pixels.set(color, (y * WIDTH + x) * channels);
    }
  };
  paint(background, { rows: [0, HEIGHT], columns: [0, WIDTH] });
  paint(wall, { rows: [WALL_TOP, FIELD_TOP], columns: [0, WIDTH] });
  paint(wall, { rows: [FIELD_TOP, PADDLE_TOP], columns: [0, FIELD_LEFT] });
  paint(wall, { rows: [FIELD_TOP, PADDLE_TOP], columns: [FIELD_RIGHT, WIDTH] });
  paint(leftBlock, { rows: [PADDLE_TOP, LEFT_BLOCK_END], columns: [0, FIELD_LEFT] });
  paint(paddle, { rows: [PADDLE_TOP, RIGHT_BLOCK_END], columns: [FIELD_RIGHT, WIDTH] });
  return pixels;
}
