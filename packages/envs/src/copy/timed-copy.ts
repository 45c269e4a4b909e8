import {
  contains,
  type DtypeArray,
  describeSpace,
  describeValue,
  elementSize,
  InvalidOptionsError,
  InvalidShapeError,
  NonFiniteError,
  type Rng,
  type Space,
} from '@pg/core';
import type { Dynamics } from '../env/dynamics.js';
import type { EnvCopy } from '../env/wrapper.js';
import type { Picture } from '../rendering/picture.js';

/** What a copy is a copy of. */
export interface CopyOrigin {
  /** The environment's name, and which copy it is if there are several. */
  readonly name: string;
  /** The space of its own observations. */
  readonly observation: Space;
  /** Its time limit in steps. */
  readonly maxSteps: number;
}

/** A copy with its clock: the only place that makes `truncated`. Also checks what its author computes. */
export class TimedCopy implements EnvCopy {
  truncated = false;
  /** Steps of the episode, the one that is being taken included. */
  elapsed = 0;
  readonly #origin: CopyOrigin;
  readonly #dynamics: Dynamics;
  readonly #size: number;
  readonly #bytes: boolean;

  constructor(origin: CopyOrigin, dynamics: Dynamics) {
    this.#origin = origin;
    this.#dynamics = dynamics;
    this.#size = elementSize(origin.observation);
    this.#bytes = origin.observation.kind === 'box' && origin.observation.dtype === 'uint8';
  }

  get reward(): number {
    return this.#dynamics.reward;
  }

  get terminated(): boolean {
    return this.#dynamics.terminated;
  }

  begin(rng: Rng): void {
    this.elapsed = 0;
    this.truncated = false;
    this.#dynamics.begin(rng);
  }

  step(action: number | Float32Array, rng: Rng): void {
    this.elapsed += 1;
    this.#dynamics.step(action, rng);
    this.truncated = this.elapsed >= this.#origin.maxSteps;
    const { reward, terminated } = this.#dynamics;
    if (typeof terminated !== 'boolean') throw this.#noFlag(terminated);
    // rewards are kept as float32; Math.fround takes a text for the number in it
    if (!(Number.isFinite(reward) && Number.isFinite(Math.fround(reward)))) throw this.#nonFinite(`the reward ${describeValue(reward)}`, 'step');
  }

  observe(out: DtypeArray, offset: number): void {
    this.#dynamics.observe(out, offset);
    if (this.#bytes) return;
    for (let i = offset; i < offset + this.#size; i++) {
      if (!Number.isFinite(out[i])) throw this.#nonFinite(`${out[i]} at element ${i - offset} of the observation`, 'observe');
    }
    const { observation } = this.#origin;
    if (observation.kind === 'discrete' && !contains(observation, out[offset])) throw this.#noChoice(out[offset]!);
  }

  actionMask(out: Uint8Array, offset: number): void {
    this.#dynamics.actionMask?.(out, offset);
  }

  snapshot(): unknown {
    return { elapsed: this.elapsed, dynamics: this.#dynamics.snapshot() };
  }

  restore(snapshot: unknown): void {
    const { elapsed, dynamics } = snapshot as { elapsed: number; dynamics: unknown };
    this.elapsed = elapsed;
    this.truncated = elapsed >= this.#origin.maxSteps;
    this.#dynamics.restore(dynamics);
  }

  render(): Picture {
    const picture = this.#dynamics.render?.();
    if (picture) return picture;
    throw new InvalidOptionsError({
      where: `${this.#origin.name}.render`,
      got: 'an environment without a picture',
      expected: 'one that draws itself',
      remedy: 'Give its definition a render function that returns { width, height, data }.',
    });
  }

  close(): void {
    this.#dynamics.close?.();
  }

  /** For JavaScript authors: an end that is called otherwise would never be seen. */
  #noFlag(terminated: unknown): InvalidOptionsError {
    return new InvalidOptionsError({
      where: `${this.#origin.name}.step`,
      got: `terminated: ${describeValue(terminated)} at step ${this.elapsed} of the episode`,
      expected: 'true or false',
      remedy: 'Set terminated in begin() and in every step().',
    });
  }

  #noChoice(seen: number): InvalidShapeError {
    const { name, observation } = this.#origin;
    return new InvalidShapeError({
      where: `${name}.observe`,
      got: `${seen} at step ${this.elapsed} of the episode`,
      expected: `an element of ${describeSpace(observation)}`,
      remedy: 'Return a whole number below the size of the space, from 0 on.',
    });
  }

  #nonFinite(got: string, method: string): NonFiniteError {
    return new NonFiniteError({
      where: `${this.#origin.name}.${method}`,
      got: `${got} at step ${this.elapsed} of the episode`,
      expected: 'finite numbers',
      remedy: 'Look for a division by zero or a state that grows without bound in the environment.',
    });
  }
}
