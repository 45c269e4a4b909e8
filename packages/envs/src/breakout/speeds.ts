/** A speed without its direction, in columns and rows a frame. */
export interface Speed {
  readonly x: number;
  readonly y: number;
}

/** A serve's. */
export const SERVE_SPEED: Speed = { x: 1, y: 1 };
/** From the first brick of the upper three rows on, until the ball is lost. */
export const FAST: Speed = { x: 2, y: 3.375 };
/** Bricks of the rows from the top to before this one make the ball fast. */
export const FAST_ROWS = 3;

/** The speeds from a number of returns since the serve on: off the paddle's two inner quarters, and off its outer ones. */
interface Stage {
  readonly returns: number;
  readonly inner: Speed;
  readonly outer: Speed;
}

const STAGES: readonly Stage[] = [
  { returns: 12, inner: { x: 2, y: 2 }, outer: { x: 2, y: 2 } },
  { returns: 8, inner: { x: 2, y: 1 }, outer: { x: 2, y: 1 } },
  { returns: 4, inner: { x: 0.5, y: 2 }, outer: { x: 1.5, y: 2 } },
  { returns: 0, inner: { x: 1, y: 1.5 }, outer: { x: 1.5, y: 1 } },
];

/** The quarter of the paddle that a ball hits, 0 at its left end to 3 at its right. */
export function quarterOf(ballX: number, paddleLeft: number, paddleWidth: number): number {
  // the ball's right column decides
  const quarter = Math.floor(((ballX + 1 - paddleLeft) * 4) / paddleWidth);
  return Math.min(3, Math.max(0, quarter));
}

/** The speed with which a ball that is not yet fast leaves a quarter of the paddle, at the given return since the serve. */
export function speedOff(quarter: number, returns: number): Speed {
  const stage = STAGES.find((candidate) => returns >= candidate.returns)!;
  return quarter === 1 || quarter === 2 ? stage.inner : stage.outer;
}
