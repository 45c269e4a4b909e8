import { cos, sin } from '@pg/core';

const GRAVITY = 9.82;
const FORCE = 10.0;
/** Seconds a step. */
const DT = 0.01;
const FRICTION = 0.1;
const CART_MASS = 0.5;
const POLE_MASS = 0.5;
const TOTAL_MASS = CART_MASS + POLE_MASS;
/** The pole's full length, m. */
export const LENGTH = 0.6;
const POLE_MASS_LENGTH = POLE_MASS * LENGTH;

/** |x| beyond which an episode ends, m. */
export const X_THRESHOLD = 2.4;

/**
 * One step of the cart and its hanging pole, explicit Euler, in place. Hot.
 *
 * @param state - [x m, ẋ m/s, θ rad, θ̇ rad/s] from `at` on; θ = 0 is upright, never wrapped
 * @param action - in units of 10 N; clipped to [−1, 1]
 * @returns whether the cart has left the track; exactly at its end is inside
 */
export function stepSwingUp(state: Float64Array, at: number, action: number): boolean {
  const x = state[at]!;
  const xDot = state[at + 1]!;
  const theta = state[at + 2]!;
  const thetaDot = state[at + 3]!;
  const force = Math.max(-1, Math.min(1, Math.fround(action))) * FORCE;
  const s = sin(theta);
  const c = cos(theta);
  const xAcc =
    (-2 * POLE_MASS_LENGTH * (thetaDot * thetaDot) * s + 3 * POLE_MASS * GRAVITY * s * c + 4 * force - 4 * FRICTION * xDot) /
    (4 * TOTAL_MASS - 3 * POLE_MASS * (c * c));
  const thetaAcc =
    (-3 * POLE_MASS_LENGTH * (thetaDot * thetaDot) * s * c + 6 * TOTAL_MASS * GRAVITY * s + 6 * (force - FRICTION * xDot) * c) /
    (4 * LENGTH * TOTAL_MASS - 3 * POLE_MASS_LENGTH * (c * c));
  const newX = x + xDot * DT;
  state[at] = newX;
  state[at + 1] = xDot + xAcc * DT;
  state[at + 2] = theta + thetaDot * DT;
  state[at + 3] = thetaDot + thetaAcc * DT;
  return newX < -X_THRESHOLD || newX > X_THRESHOLD;
}
