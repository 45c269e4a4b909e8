import type { Space } from '@pg/core';
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

  protected override resetAll(obs: Float32Array): void {
    for (let n = 0; n < this.numEnvs; n++) this.#begin(n, obs);
  }

  protected override stepAll(actions: Int32Array | Float32Array, out: VectorStep): void {
    const { obs, terminated, truncated, finalObs } = out;
    this.#dynamics.step(actions, out.rewards, terminated);
    for (let n = 0; n < this.numEnvs; n++) {
      const elapsed = this.#elapsed[n]! + 1;
      this.#elapsed[n] = elapsed;
      const cut = elapsed >= this.#maxSteps;
      truncated[n] = cut ? 1 : 0;
      if (cut || terminated[n]) {
        this.#dynamics.observe(n, finalObs, n * this.obsSize);
        this.#begin(n, obs);
      } else {
        this.#dynamics.observe(n, obs, n * this.obsSize);
      }
    }
  }

  #begin(n: number, obs: Float32Array): void {
    this.#elapsed[n] = 0;
    this.#dynamics.init(n, this.rngs[n]!);
    this.#dynamics.observe(n, obs, n * this.obsSize);
  }
}
