import type { DtypeArray, Rng } from '@pg/core';
import { FlatStates } from '../flat-state/flat-states.js';
import { sinCos } from '../math/sin-cos.js';

/** The left end of the track, where the car stops. */
export const MIN_POSITION = -1.2;
/** The right end of the track. */
export const MAX_POSITION = 0.6;
/** Bound of the velocity, in positions a step. */
export const MAX_SPEED = 0.07;
/** The goal of MountainCar. */
export const GOAL = 0.5;
const FORCE = 0.001;
const GRAVITY = 0.0025;

/** States [position, velocity] as Gymnasium computes them: one step is one unit of time. */
export class MountainCarStates extends FlatStates {
  readonly #goalVelocity: number;
  readonly #pair = new Float64Array(2);

  /** @param goalVelocity - how fast the car has to be at its goal */
  constructor(numEnvs: number, goalVelocity: number) {
    super(numEnvs, 2);
    this.#goalVelocity = goalVelocity;
  }

  begin(index: number, rng: Rng): void {
    this.states[index * 2] = rng.uniform(-0.6, -0.4);
    this.states[index * 2 + 1] = 0;
  }

  /** v ← v + 0.001·(action − 1) − 0.0025·cos 3x, x ← x + v, both bounded. */
  step(index: number, actions: Int32Array | Float32Array): boolean {
    const { states } = this;
    const at = index * 2;
    this.#pair[0] = 3 * states[at]!;
    sinCos(this.#pair);
    const pushed = states[at + 1]! + ((actions[index]! - 1) * FORCE + this.#pair[1]! * -GRAVITY);
    const velocity = Math.max(-MAX_SPEED, Math.min(MAX_SPEED, pushed));
    const position = Math.max(MIN_POSITION, Math.min(MAX_POSITION, states[at]! + velocity));
    const kept = position === MIN_POSITION && velocity < 0 ? 0 : velocity;
    states[at] = position;
    states[at + 1] = kept;
    this.rewards[index] = -1;
    return position >= GOAL && kept >= this.#goalVelocity;
  }

  observe(index: number, out: DtypeArray, offset: number): void {
    out[offset] = this.states[index * 2]!;
    out[offset + 1] = this.states[index * 2 + 1]!;
  }
}
