import { cos, sin } from '@pg/core';

/** How the equations of motion are integrated: with the old velocities, or with the new ones. */
export type KinematicsIntegrator = 'euler' | 'semi-implicit';

const GRAVITY = 9.8;
const POLE_MASS = 0.1;
const TOTAL_MASS = 0.1 + 1.0;
/** Half the pole's length, m. */
const LENGTH = 0.5;
const POLE_MASS_LENGTH = POLE_MASS * LENGTH;
/** Newton, to the right for action 1, to the left for action 0. */
const FORCE = 10.0;
/** Seconds a step. */
const TAU = 0.02;

/** |x| beyond which an episode ends, m. */
export const X_THRESHOLD = 2.4;
/** |θ| beyond which an episode ends: 12° in rad. */
export const THETA_THRESHOLD = (12 * 2 * Math.PI) / 360;

/**
 * One step of the cart and pole (Barto, Sutton and Anderson 1983) as Gymnasium computes it, in place. Hot.
 *
 * @param state - [x m, ẋ m/s, θ rad, θ̇ rad/s] from `at` on; θ = 0 is upright
 * @param action - 1 pushes right, 0 left
 * @returns whether the new state is outside a threshold; exactly on one is inside
 */
export function stepCartPole(state: Float64Array, at: number, action: number, semiImplicit: boolean): boolean {
  const x = state[at]!;
  const xDot = state[at + 1]!;
  const theta = state[at + 2]!;
  const thetaDot = state[at + 3]!;
  const force = action === 1 ? FORCE : -FORCE;
  const cosTheta = cos(theta);
  const sinTheta = sin(theta);
  const temp = (force + POLE_MASS_LENGTH * (thetaDot * thetaDot) * sinTheta) / TOTAL_MASS;
  const thetaAcc = (GRAVITY * sinTheta - cosTheta * temp) / (LENGTH * (4.0 / 3.0 - (POLE_MASS * (cosTheta * cosTheta)) / TOTAL_MASS));
  const xAcc = temp - (POLE_MASS_LENGTH * thetaAcc * cosTheta) / TOTAL_MASS;
  const newXDot = xDot + TAU * xAcc;
  const newThetaDot = thetaDot + TAU * thetaAcc;
  const newX = x + TAU * (semiImplicit ? newXDot : xDot);
  const newTheta = theta + TAU * (semiImplicit ? newThetaDot : thetaDot);
  state[at] = newX;
  state[at + 1] = newXDot;
  state[at + 2] = newTheta;
  state[at + 3] = newThetaDot;
  return newX < -X_THRESHOLD || newX > X_THRESHOLD || newTheta < -THETA_THRESHOLD || newTheta > THETA_THRESHOLD;
}
