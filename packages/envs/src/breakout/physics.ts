import type { AtariGame } from '../atari/atari-game.js';
import { Bricks, POINTS } from './bricks.js';
import { BALL_HEIGHT, BALL_WIDTH, BRICKS_END, FIELD_LEFT, FIELD_RIGHT, FIELD_TOP, PADDLE_HEIGHT, PADDLE_TOP } from './geometry.js';
import { Paddle } from './paddle.js';
import type { Scene } from './scene.js';
import { FAST, FAST_ROWS, quarterOf, SERVE_SPEED, speedOff } from './speeds.js';

/** Balls of a game. */
export const LIVES = 5;
/** Walls of a game: when the last is cleared, the ball flies on in an empty field. */
export const WALLS = 2;

/** Where a serve begins, and its direction, by the remainder of the frame's index (from 1 after the reset) by four. */
const SERVE_COLUMNS = [16, 78, 80, 142];
const SERVE_DIRECTIONS = [1, -1, 1, -1];
const SERVE_ROW = 122;
/** The paddle's columns, and what is left of them while the ball has hit the upper wall. */
const PADDLE_WIDTH = 16;
const SMALL_PADDLE_WIDTH = 12;
/** The ball's row from which on it is lost. */
const LOST_ROW = 200;

/** Everything that a game is at a moment; plain JSON. */
export interface BreakoutSnapshot {
  readonly frame: number;
  readonly lives: number;
  readonly score: number;
  readonly walls: number;
  readonly bricks: readonly number[];
  readonly inPlay: boolean;
  readonly ballX: number;
  readonly ballY: number;
  readonly velocityX: number;
  readonly velocityY: number;
  readonly returns: number;
  readonly fast: boolean;
  readonly small: boolean;
  readonly armed: boolean;
  readonly knobs: readonly [now: number, before: number, earlier: number];
}

/**
 * Atari 2600 Breakout, one frame (1/60 s) at a time, changed in place. The rules were fitted to published pictures of the real
 * game; docs/decisions/breakout-from-pictures.md tells what is measured and what is assumed. There is no chance in it: where a
 * serve goes depends on the frame in which the button is pressed.
 *
 * Columns and rows are those of upper left corners in the picture of 160 × 210; speeds are pixels a frame.
 */
export class BreakoutGame implements AtariGame, Scene {
  /** Frames since the reset. */
  frame = 0;
  /** Balls that are left, the one in play among them. */
  lives = LIVES;
  /** Points. */
  score = 0;
  /** Walls begun. */
  walls = 1;
  /** Whether there is a ball. */
  inPlay = false;
  /** Where the ball is; drawn at {@link BreakoutGame.column} and {@link BreakoutGame.row}. */
  ballX = 0;
  ballY = 0;
  /** Columns that the ball moves in a frame. */
  velocityX = 0;
  /** Rows that the ball moves in a frame. */
  velocityY = 0;
  /** Returns by the paddle since the serve. */
  returns = 0;
  /** Whether the ball has hit one of the upper rows since the serve. */
  fast = false;
  /** Whether the ball has hit the upper wall since the serve. */
  small = false;
  /** Whether the ball breaks bricks: one only, until it has touched the paddle or the upper wall. Else it flies through them. */
  armed = true;
  /** The wall of bricks. */
  readonly bricks = new Bricks();
  /** The agent's knob and paddle. */
  readonly paddle = new Paddle();

  constructor() {
    this.begin();
  }

  /** The ball's left column in the picture. */
  get column(): number {
    return Math.floor(this.ballX);
  }

  /** The ball's top row in the picture. */
  get row(): number {
    return screenRow(Math.ceil(this.ballY));
  }

  /** The row below the ball in the picture: the ball is five rows high where it leaves the bricks' rows, else four. */
  get rowEnd(): number {
    return screenRow(Math.ceil(this.ballY) + BALL_HEIGHT);
  }

  /** The paddle's left column. */
  get paddleLeft(): number {
    return this.paddle.left;
  }

  /** The bricks of each row from the top, bit c for the one in column c. */
  get brickRows(): Int32Array {
    return this.bricks.rows;
  }

  /** The paddle's columns. */
  get paddleWidth(): number {
    return this.small ? SMALL_PADDLE_WIDTH : PADDLE_WIDTH;
  }

  /** Whether no ball is left. */
  get over(): boolean {
    return this.lives === 0;
  }

  /** The state after a reset. */
  begin(): void {
    this.frame = 0;
    this.lives = LIVES;
    this.score = 0;
    this.walls = 1;
    this.bricks.build();
    this.paddle.center();
    this.#takeBall();
  }

  #takeBall(): void {
    this.inPlay = false;
    this.ballX = 0;
    this.ballY = 0;
    this.velocityX = 0;
    this.velocityY = 0;
    this.returns = 0;
    this.fast = false;
    this.small = false;
    this.armed = true;
  }

  /**
   * One frame. Hot: no allocation.
   *
   * @param direction - where the knob is turned: −1 left, 1 right, 0 not at all
   * @param fire - whether the button is held, which serves
   * @returns the points of a brick broken in this frame
   */
  step(direction: number, fire: boolean): number {
    const before = this.score;
    this.frame += 1;
    this.paddle.turn(direction);
    if (this.inPlay) this.#moveBall();
    else if (fire && !this.over) this.#serve();
    return this.score - before;
  }

  #serve(): void {
    const place = this.frame % SERVE_COLUMNS.length;
    this.inPlay = true;
    this.ballX = SERVE_COLUMNS[place]!;
    this.ballY = SERVE_ROW;
    this.velocityX = SERVE_DIRECTIONS[place]! * SERVE_SPEED.x;
    this.velocityY = SERVE_SPEED.y;
  }

  /** What the ball touches turns it; then it moves. */
  #moveBall(): void {
    if (this.velocityX < 0 ? this.column < FIELD_LEFT : this.column + BALL_WIDTH > FIELD_RIGHT) this.velocityX = -this.velocityX;
    if (this.velocityY < 0) this.#touchAbove();
    else this.#touchBelow();
    this.ballX += this.velocityX;
    this.ballY += this.velocityY;
    if (this.row >= LOST_ROW) this.#lose();
  }

  #touchAbove(): void {
    const above = this.row - 1;
    if (above < FIELD_TOP) {
      this.velocityY = -this.velocityY;
      this.small = true;
      this.armed = true;
    } else {
      this.#touchBrick(this.row, this.rowEnd - 1);
    }
  }

  #touchBelow(): void {
    if (this.#touchesPaddle()) this.#return();
    else this.#touchBrick(this.rowEnd - 1, this.row);
  }

  /** Looks for a brick at the ball's leading edge, then at the other. */
  #touchBrick(leading: number, trailing: number): void {
    if (!this.armed) return;
    const { column } = this;
    const ahead = this.bricks.rowAt(column, leading);
    const row = ahead >= 0 ? ahead : this.bricks.rowAt(column, trailing);
    if (row < 0) return;
    this.bricks.remove(row, column);
    this.score += POINTS[row]!;
    this.armed = false;
    this.velocityY = -this.velocityY;
    if (row < FAST_ROWS) this.fast = true;
    if (this.fast) this.#setSpeed(FAST.x, FAST.y);
  }

  #touchesPaddle(): boolean {
    const { row, rowEnd, column } = this;
    const { left } = this.paddle;
    if (rowEnd <= PADDLE_TOP || row >= PADDLE_TOP + PADDLE_HEIGHT) return false;
    return column + BALL_WIDTH > left && column < left + this.paddleWidth;
  }

  #return(): void {
    const quarter = quarterOf(this.column, this.paddle.left, this.paddleWidth);
    this.returns += 1;
    this.armed = true;
    const speed = this.fast ? FAST : speedOff(quarter, this.returns);
    this.velocityX = quarter < 2 ? -1 : 1;
    this.velocityY = -1;
    this.#setSpeed(speed.x, speed.y);
    if (this.bricks.cleared && this.walls < WALLS) {
      this.walls += 1;
      this.bricks.build();
    }
  }

  /** Keeps the directions. */
  #setSpeed(x: number, y: number): void {
    this.velocityX = this.velocityX < 0 ? -x : x;
    this.velocityY = this.velocityY < 0 ? -y : y;
  }

  #lose(): void {
    this.lives -= 1;
    this.#takeBall();
  }

  /** Everything that the game is now. */
  snapshot(): BreakoutSnapshot {
    const { frame, lives, score, walls, inPlay, ballX, ballY, velocityX, velocityY, returns, fast, small, armed } = this;
    const { knob, knobBefore, knobEarlier } = this.paddle;
    const bricks = Array.from(this.bricks.rows);
    const knobs = [knob, knobBefore, knobEarlier] as const;
    return { frame, lives, score, walls, bricks, inPlay, ballX, ballY, velocityX, velocityY, returns, fast, small, armed, knobs };
  }

  /** Becomes the game that a snapshot was taken from. */
  restore(snapshot: unknown): void {
    const { bricks, knobs, ...rest } = snapshot as BreakoutSnapshot;
    Object.assign(this, rest);
    this.bricks.restore(bricks);
    [this.paddle.knob, this.paddle.knobBefore, this.paddle.knobEarlier] = knobs;
  }
}

/** From the lowest bricks up, the console draws the ball's edges a row higher. */
function screenRow(edge: number): number {
  return edge <= BRICKS_END ? edge - 1 : edge;
}
