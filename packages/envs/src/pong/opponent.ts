/** How the opponent plays: as the game's own does, or without a limit to its speed, so that it never misses. */
export type PongOpponent = 'tracking' | 'perfect';

/** Rows that the paddle moves in a frame. Its top row is always odd. */
const SPEED = 2;
/** The opponent rests in one frame of eight: those whose index, counted from 0 after the reset, leaves this remainder. */
const RESTING_PERIOD = 8;
const RESTING_PHASE = 1;
/** Above the picture, where it is no longer seen. */
export const OUT_OF_SIGHT = 1;

/** The top row of the game's own paddle a frame later: two rows towards the ball's top row, or none when it is one below its own. */
export function trackBall(top: number, ballY: number, frame: number): number {
  if (rests(frame)) return top;
  const distance = ballY - top;
  if (distance >= SPEED) return top + SPEED;
  return distance <= 0 ? top - SPEED : top;
}

/** The same aim, reached at once: the odd row that the ball's top is in or just below. */
export function followBall(ballY: number): number {
  return ballY % 2 === 0 ? ballY - 1 : ballY;
}

/** The paddle's top row a frame later when there is no ball: it climbs until it is out of sight. */
export function leaveField(top: number, frame: number): number {
  return rests(frame) ? top : Math.max(OUT_OF_SIGHT, top - SPEED);
}

function rests(frame: number): boolean {
  return frame % RESTING_PERIOD === RESTING_PHASE;
}
