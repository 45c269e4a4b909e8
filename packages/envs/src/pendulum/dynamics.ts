import type { DtypeArray, Rng } from '@pg/core';
import { FlatStates } from '../flat-state/flat-states.js';
import { sinCos } from '../math/sin-cos.js';

/** Bound of the angular velocity, rad/s. */
export const MAX_SPEED = 8;
/** Bound of the torque, N m. */
export const MAX_TORQUE = 2;
/** Seconds a step. */
const DT = 0.05;
const MASS = 1;
const LENGTH = 1;
/** 0.001 as Gymnasium multiplies with it: torques are float32 there, and so are their products. */
const TORQUE_COST = Math.fround(0.001);

/** States [θ rad, θ̇ rad/s] as Gymnasium computes them; θ = 0 is upright, and is never wrapped. */
export class PendulumStates extends FlatStates {
  readonly #pull: number;
  readonly #pair = new Float64Array(2);

  /** @param g - gravity, m/s² */
  constructor(numEnvs: number, g: number) {
    super(numEnvs, 2);
    this.#pull = (3 * g) / (2 * LENGTH);
  }

  begin(index: number, rng: Rng): void {
    this.states[index * 2] = rng.uniform(-Math.PI, Math.PI);
    this.states[index * 2 + 1] = rng.uniform(-1, 1);
  }

  /** θ̈ = 3g/(2l)·sin θ + 3/(ml²)·u, semi-implicit Euler. The reward is of the state before the step. */
  step(index: number, actions: Int32Array | Float32Array): boolean {
    const { states } = this;
    const at = index * 2;
    const theta = states[at]!;
    const thetaDot = states[at + 1]!;
    const torque = Math.fround(actions[index]!);
    const angle = wrapped(theta);
    this.rewards[index] = -(angle * angle + 0.1 * (thetaDot * thetaDot) + Math.fround(TORQUE_COST * Math.fround(torque * torque)));
    this.#pair[0] = theta;
    sinCos(this.#pair);
    const push = Math.fround((3 / (MASS * (LENGTH * LENGTH))) * torque);
    const speed = thetaDot + (this.#pull * this.#pair[0]! + push) * DT;
    const bounded = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, speed));
    states[at] = theta + bounded * DT;
    states[at + 1] = bounded;
    return false;
  }

  observe(index: number, out: DtypeArray, offset: number): void {
    this.#pair[0] = this.states[index * 2]!;
    sinCos(this.#pair);
    out[offset] = this.#pair[1]!;
    out[offset + 1] = this.#pair[0]!;
    out[offset + 2] = this.states[index * 2 + 1]!;
  }
}

/** The same angle in [−π, π). */
function wrapped(theta: number): number {
  const turn = 2 * Math.PI;
  const rest = (theta + Math.PI) % turn;
  return (rest < 0 ? rest + turn : rest) - Math.PI;
}
