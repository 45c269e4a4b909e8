import { BALL_HEIGHT, BALL_WIDTH, FIELD_END, FIELD_TOP, PADDLE_HEIGHT, PADDLE_WIDTH } from './geometry.js';

/** The last row of the ball's top, relative to the paddle's, for each of the five zones of a paddle but the lowest, and what vy becomes there. */
const STEEP_UP = 1;
const UP = 5;
const STRAIGHT = 8;
/** No clean sample decides between 9 and 10: taken from the symmetry round the middle, rel = 6. */
const DOWN = 10;

/** Whether ball and paddle share a pixel of the picture. What a wall hides is not drawn and does not collide. */
export function overlaps(ballX: number, ballY: number, paddleX: number, paddleTop: number): boolean {
  if (ballX + BALL_WIDTH <= paddleX || ballX >= paddleX + PADDLE_WIDTH) return false;
  const top = Math.max(ballY, paddleTop, FIELD_TOP);
  const end = Math.min(ballY + BALL_HEIGHT, paddleTop + PADDLE_HEIGHT, FIELD_END);
  return top < end;
}

/**
 * The vertical speed that a paddle gives the ball, in rows a frame: −2 at its upper end to 2 at its lower.
 *
 * @param relative - the ball's top row minus the paddle's, −3 to 15
 */
export function verticalSpeed(relative: number): number {
  if (relative <= STEEP_UP) return -2;
  if (relative <= UP) return -1;
  if (relative <= STRAIGHT) return 0;
  return relative <= DOWN ? 1 : 2;
}
