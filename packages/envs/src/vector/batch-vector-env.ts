import { type DtypeArray, NonFiniteError, type Space } from '@pg/core';
import type { EnvSpec } from '../env/env.js';
import type { BatchDynamics } from './batch-dynamics.js';
import { VectorBase } from './vector-base.js';
import type { VectorStep } from './vector-env.js';

/** Copies of an environment that knows how to step many at once; the same results as stepping them one by one. */
export class BatchVectorEnv<TObs extends Space, TAct extends Space> extends VectorBase<TObs, TAct> {
  readonly #dynamics: BatchDynamics;
  readonly #maxSteps: number;
  readonly #elapsed: Float64Array;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number, dynamics: BatchDynamics) {
    super(spec, seed);
    this.#dynamics = dynamics;
    this.#maxSteps = spec.maxSteps;
    this.#elapsed = new Float64Array(spec.numEnvs);
  }

  override close(): void {}

  protected override resetAll(obs: DtypeArray): void {
    for (let n = 0; n < this.numEnvs; n++) this.#begin(n, obs);
  }

  protected override stepAll(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray>): void {
    const { obs, rewards, terminated, truncated, finalObs } = out;
    this.#dynamics.step(actions, rewards, terminated);
    for (let n = 0; n < this.numEnvs; n++) {
      const elapsed = this.#elapsed[n]! + 1;
      this.#elapsed[n] = elapsed;
      if (!Number.isFinite(rewards[n])) throw this.#nonFinite(n, `the reward ${rewards[n]}`, 'step');
      const cut = elapsed >= this.#maxSteps;
      truncated[n] = cut ? 1 : 0;
      if (cut || terminated[n]) {
        this.#observe(n, finalObs);
        this.#begin(n, obs);
      } else {
        this.#observe(n, obs);
      }
    }
  }

  protected override snapshotCopy(index: number): unknown {
    return { elapsed: this.#elapsed[index], dynamics: this.#dynamics.snapshot(index) };
  }

  protected override restoreCopy(index: number, snapshot: unknown): void {
    const { elapsed, dynamics } = snapshot as { elapsed: number; dynamics: unknown };
    this.#elapsed[index] = elapsed;
    this.#dynamics.restore(index, dynamics);
  }

  #begin(n: number, obs: DtypeArray): void {
    this.#elapsed[n] = 0;
    this.#dynamics.init(n, this.rngs[n]!);
    this.#observe(n, obs);
  }

  #observe(n: number, out: DtypeArray): void {
    const offset = n * this.obsSize;
    this.#dynamics.observe(n, out, offset);
    for (let i = 0; i < this.obsSize; i++) {
      if (!Number.isFinite(out[offset + i])) throw this.#nonFinite(n, `${out[offset + i]} at element ${i} of the observation`, 'observe');
    }
  }

  #nonFinite(n: number, got: string, method: string): NonFiniteError {
    return new NonFiniteError({
      where: `${this.id} (copy ${n}).batch.${method}`,
      got: `${got} at step ${this.#elapsed[n]} of the episode`,
      expected: 'finite numbers',
      remedy: 'Look for a division by zero or a state that grows without bound in the environment.',
    });
  }
}
