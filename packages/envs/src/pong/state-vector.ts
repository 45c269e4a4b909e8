import { type Box, box, type DtypeArray } from '@pg/core';
import { HEIGHT, WIDTH } from './geometry.js';
import { type PongGame, WINNING_SCORE } from './physics.js';

const SPEED = 4;

/**
 * The space of what {@link writeState} writes, `[9]`: the ball's column and row and its speed along both in pixels a frame
 * (zeros while no ball is shown, speeds while it rests behind the line), the opponent's top row, the agent's top row, the place of the agent's knob, which the
 * paddle follows, the opponent's score, the agent's score.
 */
export function stateSpace(): Box<readonly [9]> {
  const low = [0, 0, -SPEED, -SPEED, 0, 0, -1, 0, 0];
  const high = [WIDTH, HEIGHT, SPEED, SPEED, HEIGHT, HEIGHT, HEIGHT, WINNING_SCORE, WINNING_SCORE];
  return box({ shape: [9], low, high });
}

/** Writes a game's state from `offset` on. Hot: no allocation. */
export function writeState(game: PongGame, out: DtypeArray, offset: number): void {
  const visible = game.ballVisible;
  const moving = game.serveIn === 0;
  out[offset] = visible ? game.ballX : 0;
  out[offset + 1] = visible ? game.ballY : 0;
  out[offset + 2] = moving ? game.velocityX : 0;
  out[offset + 3] = moving ? game.velocityY : 0;
  out[offset + 4] = game.opponentTop;
  out[offset + 5] = game.agentTop;
  out[offset + 6] = game.paddle.knob;
  out[offset + 7] = game.opponentScore;
  out[offset + 8] = game.agentScore;
}
