import type { DtypeArray, Space } from '@pg/core';
import { createCopy } from '../copy/create-copy.js';
import { noteEpisode } from '../env/ended-episode.js';
import type { EnvSpec } from '../env/env.js';
import type { EnvCopy } from '../env/wrapper.js';
import { VectorBase } from './vector-base.js';
import type { VectorStep } from './vector-env.js';

/** Copies of any environment, stepped one after the other in this thread. */
export class SyncVectorEnv<TObs extends Space, TAct extends Space> extends VectorBase<TObs, TAct> {
  readonly #copies: readonly EnvCopy[];
  /** The action of the copy that is being stepped, when it is not a choice. */
  readonly #action: Float32Array;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number) {
    super(spec, seed);
    const source = spec['~source'];
    this.#copies = Array.from({ length: spec.numEnvs }, () => createCopy(source, source.definition.id));
    this.#action = new Float32Array(this.actionSize);
  }

  override close(): void {
    for (const copy of this.#copies) copy.close();
  }

  protected override resetAll(obs: DtypeArray): void {
    for (let n = 0; n < this.numEnvs; n++) this.#begin(n, obs);
  }

  protected override stepAll(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray>): void {
    const { obsSize, lastEpisodes } = this;
    const discrete = this.actionSpace.kind === 'discrete';
    for (let n = 0; n < this.numEnvs; n++) {
      const copy = this.#copies[n]!;
      copy.step(discrete ? actions[n]! : this.#actionOf(actions, n), this.rngs[n]!);
      const { terminated, truncated } = copy;
      out.rewards[n] = copy.reward;
      out.terminated[n] = terminated ? 1 : 0;
      out.truncated[n] = truncated ? 1 : 0;
      if (terminated || truncated) {
        copy.observe(out.finalObs, n * obsSize);
        if (lastEpisodes) noteEpisode(lastEpisodes, n, copy.endedEpisode!);
        this.#begin(n, out.obs);
      } else {
        copy.observe(out.obs, n * obsSize);
      }
    }
  }

  protected override snapshotCopy(index: number): unknown {
    return this.#copies[index]!.snapshot();
  }

  protected override restoreCopy(index: number, snapshot: unknown): void {
    this.#copies[index]!.restore(snapshot);
  }

  #actionOf(actions: Int32Array | Float32Array, n: number): Float32Array {
    const { actionSize } = this;
    for (let i = 0; i < actionSize; i++) this.#action[i] = actions[n * actionSize + i]!;
    return this.#action;
  }

  #begin(n: number, obs: DtypeArray): void {
    const copy = this.#copies[n]!;
    copy.begin(this.rngs[n]!);
    copy.observe(obs, n * this.obsSize);
  }
}
