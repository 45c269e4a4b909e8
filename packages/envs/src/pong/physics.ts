import type { AtariGame } from '../atari/atari-game.js';
import { AgentPaddle } from './agent-paddle.js';
import { AGENT_X, OPPONENT_X } from './geometry.js';
import { overlaps, verticalSpeed } from './hits.js';
import { followBall, leaveField, OUT_OF_SIGHT, type PongOpponent, trackBall } from './opponent.js';

/** Points that win a game. */
export const WINNING_SCORE = 21;

/** Where the ball is put at a serve, and the opponent with it. */
const SERVE_X = 79;
const SERVE_Y = 114;
const SERVE_OPPONENT = 113;
/** Frames from the reset, and from the frame in which the ball crossed a goal line, to the serve. */
const FIRST_SERVE = 58;
const NEXT_SERVE = 63;
/** The score changes, and the ball is no longer drawn, so many frames before the serve: two frames after the ball crossed. */
const SCORING = NEXT_SERVE - 2;
/** The ball's columns from which on a goal is scored. */
const LEFT_GOAL = 3;
const RIGHT_GOAL = 156;
/** The ball's rows from which on a wall turns it back. */
const UPPER_WALL = 31;
const LOWER_WALL = 192;
/** The greatest horizontal speed, in columns a frame: 3 is the greatest seen in published pictures, whether there is a limit is not known. */
const MAX_SPEED = 4;

/** Everything that a game is at a moment; plain JSON. */
export interface PongSnapshot {
  readonly frame: number;
  readonly ballX: number;
  readonly ballY: number;
  readonly velocityX: number;
  readonly velocityY: number;
  readonly lastVertical: number;
  readonly serveIn: number;
  readonly opponentTop: number;
  readonly agentTop: number;
  readonly knob: number;
  readonly place: number;
  readonly opponentScore: number;
  readonly agentScore: number;
}

/**
 * Atari 2600 Pong, one frame (1/60 s) at a time, changed in place. The rules were fitted to published pictures of the real
 * game and predict ball and opponent to the pixel; docs/decisions/pong-from-pictures.md tells what is measured and what is
 * assumed. There is no chance in it: the agent's actions decide everything.
 *
 * Columns and rows are those of the sprites' upper left corners in the picture of 160 × 210; speeds are pixels a frame.
 */
export class PongGame implements AtariGame {
  /** Frames since the reset. */
  frame = 0;
  /** The ball's left column. */
  ballX = SERVE_X;
  /** The ball's top row. */
  ballY = SERVE_Y;
  /** Columns that the ball moves in a frame; its sign is kept for the next serve. */
  velocityX = -1;
  /** Rows that the ball moves in a frame. */
  velocityY = 1;
  /** −1 or 1: where the ball moved when it last moved up or down, which is where the next serve goes. */
  lastVertical = 1;
  /** Frames to the serve; 0 during a rally. */
  serveIn = FIRST_SERVE;
  /** The opponent's top row; always odd. */
  opponentTop = 1;
  /** The agent's top row in the current picture; always even. */
  agentTop = 0;
  /** The opponent's points. */
  opponentScore = 0;
  /** The agent's points. */
  agentScore = 0;
  /** The agent's knob and paddle. */
  readonly paddle = new AgentPaddle();

  readonly #perfect: boolean;

  constructor(opponent: PongOpponent = 'tracking') {
    this.#perfect = opponent === 'perfect';
    this.begin();
  }

  /** Whether the picture shows a ball: during rallies and for two frames behind the goal line. */
  get ballVisible(): boolean {
    return this.serveIn === 0 || this.serveIn > SCORING;
  }

  /** Whether somebody has won. */
  get over(): boolean {
    return this.opponentScore === WINNING_SCORE || this.agentScore === WINNING_SCORE;
  }

  /** There are none. */
  get lives(): number {
    return 0;
  }

  /** The state after a reset. */
  begin(): void {
    this.frame = 0;
    this.ballX = SERVE_X;
    this.ballY = SERVE_Y;
    this.velocityX = -1;
    this.velocityY = 1;
    this.lastVertical = 1;
    this.serveIn = FIRST_SERVE;
    this.opponentTop = OUT_OF_SIGHT;
    this.paddle.center();
    this.agentTop = this.paddle.top;
    this.opponentScore = 0;
    this.agentScore = 0;
  }

  /**
   * One frame. Hot: no allocation.
   *
   * @param direction - where the knob is turned: −1 up, 1 down, 0 not at all
   * @param fire - whether the button is held
   * @returns the reward: 1 or −1 in the frame in which a score changes
   */
  step(direction: number, fire: boolean): number {
    let reward = 0;
    if (this.serveIn === 0) {
      this.#hit(fire);
      this.#moveBall();
    } else {
      reward = this.#awaitServe();
    }
    this.#moveOpponent();
    this.paddle.turn(direction);
    this.agentTop = this.paddle.top;
    this.frame += 1;
    return reward;
  }

  /** What ball and paddles shared in the last picture decides where the ball flies. */
  #hit(fire: boolean): void {
    const { ballX, ballY } = this;
    if (this.velocityX < 0 && overlaps(ballX, ballY, OPPONENT_X, this.opponentTop)) {
      this.velocityX = -this.velocityX;
      this.velocityY = verticalSpeed(ballY - this.opponentTop);
    } else if (overlaps(ballX, ballY, AGENT_X, this.agentTop)) {
      const speed = Math.abs(this.velocityX);
      this.velocityX = fire && speed < MAX_SPEED ? -speed - 1 : -speed;
      this.velocityY = verticalSpeed(ballY - this.agentTop);
    }
  }

  #moveBall(): void {
    let bounce = 0;
    if (this.ballY <= UPPER_WALL && this.velocityY < 0) bounce = 1;
    else if (this.ballY >= LOWER_WALL && this.velocityY > 0) bounce = -1;
    if (bounce !== 0) this.velocityY = -this.velocityY;
    if (this.velocityY !== 0) this.lastVertical = this.velocityY < 0 ? -1 : 1;
    this.ballX += this.velocityX;
    // drawn one row lower while it moves down: a bounce shows as a move of a row more
    this.ballY += this.velocityY + bounce;
    if (this.ballX <= LEFT_GOAL || this.ballX >= RIGHT_GOAL) this.serveIn = NEXT_SERVE;
  }

  /** Counts down to the serve; returns the reward of a point that is shown now. */
  #awaitServe(): number {
    this.serveIn -= 1;
    if (this.serveIn === 0) this.#serve();
    return this.serveIn === SCORING ? this.#score() : 0;
  }

  /** To the side that lost the point, that is in the direction in which the ball left. */
  #serve(): void {
    this.ballX = SERVE_X;
    this.ballY = SERVE_Y;
    this.velocityX = this.velocityX < 0 ? -1 : 1;
    this.velocityY = this.lastVertical;
    this.opponentTop = SERVE_OPPONENT;
  }

  #score(): number {
    if (this.velocityX < 0) {
      this.agentScore += 1;
      return 1;
    }
    this.opponentScore += 1;
    return -1;
  }

  #moveOpponent(): void {
    if (!this.ballVisible) this.opponentTop = leaveField(this.opponentTop, this.frame);
    else if (this.#perfect) this.opponentTop = followBall(this.ballY);
    else this.opponentTop = trackBall(this.opponentTop, this.ballY, this.frame);
  }

  /** Everything that the game is now. */
  snapshot(): PongSnapshot {
    const { frame, ballX, ballY, velocityX, velocityY, lastVertical, serveIn, opponentTop, agentTop, opponentScore, agentScore } = this;
    const { knob, place } = this.paddle;
    return { frame, ballX, ballY, velocityX, velocityY, lastVertical, serveIn, opponentTop, agentTop, knob, place, opponentScore, agentScore };
  }

  /** Becomes the game that a snapshot was taken from. */
  restore(snapshot: unknown): void {
    const { knob, place, ...rest } = snapshot as PongSnapshot;
    Object.assign(this, rest);
    this.paddle.knob = knob;
    this.paddle.place = place;
  }
}
