import type { DtypeArray, Rng } from '@pg/core';
import { FlatStates } from '../flat-state/flat-states.js';
import { sinCos } from '../math/sin-cos.js';
import { MAX_POSITION, MAX_SPEED, MIN_POSITION } from './dynamics.js';

/** The goal of MountainCarContinuous, a little to the left of the other one. */
export const CONTINUOUS_GOAL = 0.45;
const POWER = Math.fround(0.0015);
const GRAVITY = 0.0025;

/** Where the track ends, how fast the car may be, and where it has to be how fast. */
interface Limits {
  readonly low: number;
  readonly high: number;
  readonly speed: number;
  readonly goal: number;
  readonly goalVelocity: number;
}

/**
 * States [position, velocity, started] as Gymnasium computes them. Its first state is float64, and every later one float32, with
 * float32 sums and products: `started` is 0 in the first, 1 in all later ones.
 */
export class MountainCarContinuousStates extends FlatStates {
  readonly #first: Limits;
  readonly #later: Limits;
  readonly #pair = new Float64Array(2);

  /** @param goalVelocity - how fast the car has to be at its goal */
  constructor(numEnvs: number, goalVelocity: number) {
    super(numEnvs, 3);
    this.#first = { low: MIN_POSITION, high: MAX_POSITION, speed: MAX_SPEED, goal: CONTINUOUS_GOAL, goalVelocity };
    this.#later = {
      low: Math.fround(MIN_POSITION),
      high: Math.fround(MAX_POSITION),
      speed: Math.fround(MAX_SPEED),
      goal: Math.fround(CONTINUOUS_GOAL),
      goalVelocity: Math.fround(goalVelocity),
    };
  }

  begin(index: number, rng: Rng): void {
    const at = index * 3;
    this.states[at] = rng.uniform(-0.6, -0.4);
    this.states[at + 1] = 0;
    this.states[at + 2] = 0;
  }

  /** v ← v + 0.0015·a − 0.0025·cos 3x, x ← x + v, both bounded; reward −0.1·a², and 100 at the goal. */
  step(index: number, actions: Int32Array | Float32Array): boolean {
    const { states } = this;
    const at = index * 3;
    const started = states[at + 2] === 1;
    const { low, high, speed, goal, goalVelocity } = started ? this.#later : this.#first;
    const force = Math.fround(actions[index]!);
    const angle = 3 * states[at]!;
    this.#pair[0] = started ? Math.fround(angle) : angle;
    sinCos(this.#pair);
    const slope = Math.fround(GRAVITY * this.#pair[1]!);
    const pushed = states[at + 1]! + Math.fround(Math.fround(force * POWER) - slope);
    const velocity = Math.max(-speed, Math.min(speed, started ? Math.fround(pushed) : pushed));
    const moved = states[at]! + velocity;
    const position = Math.max(low, Math.min(high, started ? Math.fround(moved) : moved));
    const kept = position === low && velocity < 0 ? 0 : velocity;
    states[at] = Math.fround(position);
    states[at + 1] = Math.fround(kept);
    states[at + 2] = 1;
    const terminated = position >= goal && kept >= goalVelocity;
    this.rewards[index] = (terminated ? 100 : 0) - force * force * 0.1;
    return terminated;
  }

  observe(index: number, out: DtypeArray, offset: number): void {
    out[offset] = this.states[index * 3]!;
    out[offset + 1] = this.states[index * 3 + 1]!;
  }
}
