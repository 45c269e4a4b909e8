import type { DtypeArray, Rng } from '@pg/core';
import { FlatStates } from '../flat-state/flat-states.js';
import { sinCos } from '../math/sin-cos.js';

/** Bound of the first joint's angular velocity, rad/s. */
export const MAX_SPEED_1 = 4 * Math.PI;
/** Bound of the second joint's angular velocity, rad/s. */
export const MAX_SPEED_2 = 9 * Math.PI;
/** Seconds a step, which is one step of Runge and Kutta. */
const DT = 0.2;
const GRAVITY = 9.8;
const MASS_1 = 1;
const MASS_2 = 1;
const LENGTH_1 = 1;
/** From a joint to the middle of its link, m. */
const CENTER_1 = 0.5;
const CENTER_2 = 0.5;
const SQUARE_1 = CENTER_1 * CENTER_1;
const SQUARE_2 = CENTER_2 * CENTER_2;
/** Moment of inertia of either link. */
const INERTIA = 1;

/**
 * States [θ₁, θ₂, θ̇₁, θ̇₂] in rad and rad/s as Gymnasium computes them: θ₁ = 0 hangs down, θ₂ is relative to the first link. Angles
 * are wrapped to [−π, π], velocities bounded.
 */
export class AcrobotStates extends FlatStates {
  readonly #nips: boolean;
  /** The four derivatives of Runge and Kutta, `[4, 4]`. */
  readonly #slopes = new Float64Array(16);
  /** The state at which a derivative is taken. */
  readonly #at = new Float64Array(4);
  readonly #pair = new Float64Array(2);

  /** @param nips - the equations of the paper of 1996 instead of the book's, which have a term more */
  constructor(numEnvs: number, nips: boolean) {
    super(numEnvs, 4);
    this.#nips = nips;
  }

  begin(index: number, rng: Rng): void {
    for (let i = index * 4; i < index * 4 + 4; i++) this.states[i] = Math.fround(rng.uniform(-0.1, 0.1));
  }

  /** One step of Runge and Kutta's fourth order under a torque of action − 1 N m at the second joint. */
  step(index: number, actions: Int32Array | Float32Array): boolean {
    const { states } = this;
    const at = index * 4;
    this.#integrate(at, actions[index]! - 1);
    wrap(states, at);
    wrap(states, at + 1);
    states[at + 2] = Math.max(-MAX_SPEED_1, Math.min(MAX_SPEED_1, states[at + 2]!));
    states[at + 3] = Math.max(-MAX_SPEED_2, Math.min(MAX_SPEED_2, states[at + 3]!));
    this.#pair[0] = states[at]!;
    sinCos(this.#pair);
    const elbow = -this.#pair[1]!;
    this.#pair[0] = states[at + 1]! + states[at]!;
    sinCos(this.#pair);
    const terminated = elbow - this.#pair[1]! > 1;
    this.rewards[index] = terminated ? 0 : -1;
    return terminated;
  }

  observe(index: number, out: DtypeArray, offset: number): void {
    const { states } = this;
    const at = index * 4;
    for (let i = 0; i < 2; i++) {
      this.#pair[0] = states[at + i]!;
      sinCos(this.#pair);
      out[offset + 2 * i] = this.#pair[1]!;
      out[offset + 2 * i + 1] = this.#pair[0]!;
    }
    out[offset + 4] = states[at + 2]!;
    out[offset + 5] = states[at + 3]!;
  }

  #integrate(at: number, torque: number): void {
    const { states } = this;
    const k = this.#slopes;
    for (let stage = 0; stage < 4; stage++) {
      const ahead = stage === 3 ? DT : DT / 2;
      for (let i = 0; i < 4; i++) this.#at[i] = stage === 0 ? states[at + i]! : states[at + i]! + ahead * k[(stage - 1) * 4 + i]!;
      this.#differentiate(stage * 4, torque);
    }
    for (let i = 0; i < 4; i++) states[at + i] = states[at + i]! + (DT / 6) * (k[i]! + 2 * k[4 + i]! + 2 * k[8 + i]! + k[12 + i]!);
  }

  /** Writes [θ̇₁, θ̇₂, θ̈₁, θ̈₂] from `out` on, with sums and products in Gymnasium's order. */
  #differentiate(out: number, torque: number): void {
    const pair = this.#pair;
    const theta1 = this.#at[0]!;
    const theta2 = this.#at[1]!;
    const speed1 = this.#at[2]!;
    const speed2 = this.#at[3]!;
    pair[0] = theta2;
    sinCos(pair);
    const sin2 = pair[0]!;
    const cos2 = pair[1]!;
    const lever = MASS_2 * LENGTH_1 * CENTER_2;
    const d1 = MASS_1 * SQUARE_1 + MASS_2 * (LENGTH_1 * LENGTH_1 + SQUARE_2 + 2 * LENGTH_1 * CENTER_2 * cos2) + INERTIA + INERTIA;
    const d2 = MASS_2 * (SQUARE_2 + LENGTH_1 * CENTER_2 * cos2) + INERTIA;
    pair[0] = theta1 + theta2 - Math.PI / 2;
    sinCos(pair);
    const phi2 = MASS_2 * CENTER_2 * GRAVITY * pair[1]!;
    pair[0] = theta1 - Math.PI / 2;
    sinCos(pair);
    const weight = (MASS_1 * CENTER_1 + MASS_2 * LENGTH_1) * GRAVITY * pair[1]!;
    const phi1 = -lever * (speed2 * speed2) * sin2 - 2 * lever * speed2 * speed1 * sin2 + weight + phi2;
    const driven = torque + (d2 / d1) * phi1;
    const pulled = this.#nips ? driven : driven - lever * (speed1 * speed1) * sin2;
    const acceleration2 = (pulled - phi2) / (MASS_2 * SQUARE_2 + INERTIA - (d2 * d2) / d1);
    this.#slopes[out] = speed1;
    this.#slopes[out + 1] = speed2;
    this.#slopes[out + 2] = -(d2 * acceleration2 + phi1) / d1;
    this.#slopes[out + 3] = acceleration2;
  }
}

/** Brings an angle into [−π, π]; velocities are bounded, so that it is never far. */
function wrap(states: Float64Array, at: number): void {
  while (states[at]! > Math.PI) states[at] = states[at]! - 2 * Math.PI;
  while (states[at]! < -Math.PI) states[at] = states[at]! + 2 * Math.PI;
}
