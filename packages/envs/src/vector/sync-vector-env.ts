import type { Space } from '@pg/core';
import type { EnvSpec } from '../env/env.js';
import { Episode } from '../env/episode.js';
import { VectorBase } from './vector-base.js';
import type { VectorStep } from './vector-env.js';

/** Copies of any environment, stepped one after the other in this thread. */
export class SyncVectorEnv<TObs extends Space, TAct extends Space> extends VectorBase<TObs, TAct> {
  readonly #episodes: readonly Episode[];

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number) {
    super(spec, seed);
    this.#episodes = Array.from({ length: spec.numEnvs }, () => new Episode(spec['~source']));
  }

  protected override resetAll(obs: Float32Array): void {
    for (let n = 0; n < this.numEnvs; n++) this.#begin(n, obs);
  }

  protected override stepAll(actions: Int32Array | Float32Array, out: VectorStep): void {
    const { actionSize } = this;
    const discrete = this.actionSpace.kind === 'discrete';
    for (let n = 0; n < this.numEnvs; n++) {
      const episode = this.#episodes[n]!;
      episode.advance(discrete ? actions[n]! : new Float32Array(actions.subarray(n * actionSize, (n + 1) * actionSize)), this.rngs[n]!);
      out.rewards[n] = episode.reward;
      out.terminated[n] = episode.terminated ? 1 : 0;
      out.truncated[n] = episode.truncated ? 1 : 0;
      if (episode.terminated || episode.truncated) {
        out.finalObs.set(episode.obs, n * this.obsSize);
        this.#begin(n, out.obs);
      } else {
        out.obs.set(episode.obs, n * this.obsSize);
      }
    }
  }

  #begin(n: number, obs: Float32Array): void {
    const episode = this.#episodes[n]!;
    episode.begin(this.rngs[n]!);
    obs.set(episode.obs, n * this.obsSize);
  }
}
