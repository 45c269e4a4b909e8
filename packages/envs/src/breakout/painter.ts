import type { DtypeArray } from '@pg/core';
import { Canvas, type Sprite, sprite } from '../atari/canvas.js';
import { type Cell, digitCells } from '../atari/digits.js';
import { WIDTH } from '../atari/screen-size.js';
import type { emptyPicture } from './empty-picture.js';
import {
  BALL_WIDTH,
  BRICK_COLUMNS,
  BRICK_HEIGHT,
  BRICK_ROWS,
  BRICK_WIDTH,
  BRICKS_END,
  BRICKS_TOP,
  FIELD_END,
  FIELD_LEFT,
  FIELD_RIGHT,
  FIELD_TOP,
  PADDLE_HEIGHT,
  PADDLE_TOP,
  WALL_TOP,
} from './geometry.js';
import type { Colors } from './palette.js';
import type { Scene } from './scene.js';

/** Pixels of a digit's cells, and where the digits are: hundreds, tens and ones of the score, balls left, the player's number. */
const DIGITS = { top: 5, width: 4, height: 2 };
const HUNDREDS = digitsAt(36);
const TENS = digitsAt(52);
const ONES = digitsAt(68);
const LIVES = digitsAt(100);
const PLAYER = digitsAt(132);
/** The widest paddle. */
const PADDLE_COLUMNS = 16;

/** Draws pictures in one set of colours. Digits and bricks are kept from the last picture and changed where they change. */
export class Painter {
  /** The rows down to the lowest bricks, with digits and bricks as last drawn, and those below. */
  readonly #upper: Uint8Array;
  readonly #below: Uint8Array;
  readonly #digits: Canvas;
  readonly #wall: Canvas;
  readonly #field: Canvas;
  readonly #cell: Sprite;
  readonly #noCell: Sprite;
  readonly #bricks: readonly Sprite[];
  readonly #noBrick: Sprite;
  readonly #paddles: readonly Sprite[];
  /** A line of the ball in the colour of each row of the picture. */
  readonly #ballLines: readonly Sprite[];
  readonly #shown = new Int32Array(BRICK_ROWS);
  #score = -1;
  #lives = -1;

  /** @param empty - {@link emptyPicture} in these colours; painters may share it */
  constructor({ background, wall, paddle, bricks }: Colors, empty: Uint8Array) {
    const channels = wall.length;
    const columns = [FIELD_LEFT, FIELD_RIGHT] as const;
    this.#upper = empty.slice(0, BRICKS_END * WIDTH * channels);
    this.#below = empty.subarray(this.#upper.length);
    this.#digits = new Canvas(channels, { rows: [0, WALL_TOP], columns: [0, WIDTH] });
    this.#wall = new Canvas(channels, { rows: [BRICKS_TOP, BRICKS_END], columns });
    this.#field = new Canvas(channels, { rows: [FIELD_TOP, FIELD_END], columns });
    this.#digits.pixels = this.#upper;
    this.#wall.pixels = this.#upper;
    this.#cell = sprite(wall, DIGITS.width, DIGITS.height);
    this.#noCell = sprite(background, 3 * DIGITS.width, 5 * DIGITS.height);
    this.#bricks = bricks.map((color) => sprite(color, BRICK_WIDTH, BRICK_HEIGHT));
    this.#noBrick = sprite(background, BRICK_WIDTH, BRICK_HEIGHT);
    this.#paddles = Array.from({ length: PADDLE_COLUMNS + 1 }, (_, width) => sprite(paddle, width, PADDLE_HEIGHT));
    this.#ballLines = Array.from({ length: FIELD_END }, (_, row) => sprite(ballColor(row, { wall, paddle, bricks }), BALL_WIDTH, 1));
    this.#drawDigit(PLAYER, 1);
  }

  /**
   * Draws a scene. Hot: no allocation.
   *
   * @param scene - what to draw
   * @param out - where to write, flat [210, 160, channels], 0 to 255
   * @param offset - where in `out` the picture begins
   */
  draw(scene: Scene, out: DtypeArray, offset: number): void {
    if (scene.score !== this.#score || scene.lives !== this.#lives) this.#writeDigits(scene.score, scene.lives);
    for (let row = 0; row < BRICK_ROWS; row++) if (scene.brickRows[row] !== this.#shown[row]) this.#layBricks(row, scene.brickRows[row]!);
    out.set(this.#upper, offset);
    out.set(this.#below, offset + this.#upper.length);
    const field = this.#field;
    field.pixels = out;
    field.offset = offset;
    field.draw(this.#paddles[scene.paddleWidth]!, scene.paddleLeft, PADDLE_TOP);
    if (!scene.inPlay) return;
    const end = Math.min(scene.rowEnd, FIELD_END);
    for (let row = Math.max(0, scene.row); row < end; row++) field.draw(this.#ballLines[row]!, scene.column, row);
  }

  #writeDigits(score: number, lives: number): void {
    this.#drawDigit(HUNDREDS, Math.floor(score / 100));
    this.#drawDigit(TENS, Math.floor(score / 10) % 10);
    this.#drawDigit(ONES, score % 10);
    this.#drawDigit(LIVES, lives);
    this.#score = score;
    this.#lives = lives;
  }

  #drawDigit({ x, cells }: DigitPlace, digit: number): void {
    const lit = cells[digit]!;
    this.#digits.draw(this.#noCell, x, DIGITS.top);
    for (let i = 0; i < lit.length; i++) this.#digits.draw(this.#cell, lit[i]!.x, lit[i]!.y);
  }

  #layBricks(row: number, bricks: number): void {
    for (let column = 0; column < BRICK_COLUMNS; column++) {
      const brick = (bricks >> column) & 1 ? this.#bricks[row]! : this.#noBrick;
      this.#wall.draw(brick, FIELD_LEFT + column * BRICK_WIDTH, BRICKS_TOP + row * BRICK_HEIGHT);
    }
    this.#shown[row] = bricks;
  }
}

/** A place for a digit: its left column, and the cells of each digit there. */
interface DigitPlace {
  readonly x: number;
  readonly cells: readonly (readonly Cell[])[];
}

function digitsAt(x: number): DigitPlace {
  return { x, cells: Array.from({ length: 10 }, (_, digit) => digitCells(digit, x, DIGITS)) };
}

/** The console gives the ball the colour of what belongs to its row of the picture. */
function ballColor(row: number, { wall, paddle, bricks }: Pick<Colors, 'wall' | 'paddle' | 'bricks'>): readonly number[] {
  if (row < BRICKS_TOP) return wall;
  return row < BRICKS_END ? bricks[Math.floor((row - BRICKS_TOP) / BRICK_HEIGHT)]! : paddle;
}
