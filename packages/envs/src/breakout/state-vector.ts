import { type Box, box, type DtypeArray } from '@pg/core';
import { HEIGHT, WIDTH } from '../atari/screen-size.js';
import { BRICK_COLUMNS, BRICK_ROWS } from './geometry.js';
import { type BreakoutGame, LIVES, WALLS } from './physics.js';

const SPEED = 4;
const NUMBERS = 10;
/** Points of all walls. */
const MOST_POINTS = 864;
const KNOB_END = 195;

/**
 * The space of what {@link writeState} writes, `[118]`: the ball's column and row and its speed along both in pixels a frame
 * (zeros without a ball), the paddle's left column and its columns, the place of the knob, which the paddle follows, balls
 * left, points, walls begun, then a 1 for each brick that is there, row by row from the top left.
 */
export function stateSpace(): Box<readonly [118]> {
  const bricks = Array.from({ length: BRICK_ROWS * BRICK_COLUMNS }, () => 1);
  const low = [0, 0, -SPEED, -SPEED, 0, 0, 0, 0, 0, 0, ...bricks.map(() => 0)];
  const high = [WIDTH, HEIGHT, SPEED, SPEED, WIDTH, 16, KNOB_END, LIVES, MOST_POINTS, WALLS, ...bricks];
  return box({ shape: [118], low, high });
}

/** Writes a game's state from `offset` on. Hot: no allocation. */
export function writeState(game: BreakoutGame, out: DtypeArray, offset: number): void {
  const { inPlay } = game;
  out[offset] = inPlay ? game.column : 0;
  out[offset + 1] = inPlay ? game.row : 0;
  out[offset + 2] = game.velocityX;
  out[offset + 3] = game.velocityY;
  out[offset + 4] = game.paddleLeft;
  out[offset + 5] = game.paddleWidth;
  out[offset + 6] = game.paddle.knob;
  out[offset + 7] = game.lives;
  out[offset + 8] = game.score;
  out[offset + 9] = game.walls;
  let at = offset + NUMBERS;
  for (let row = 0; row < BRICK_ROWS; row++) {
    for (let column = 0; column < BRICK_COLUMNS; column++) out[at++] = (game.brickRows[row]! >> column) & 1;
  }
}
