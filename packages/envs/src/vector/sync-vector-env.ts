import type { DtypeArray, Space } from '@pg/core';
import { createCopy } from '../copy/create-copy.js';
import { noteEpisode } from '../env/ended-episode.js';
import type { EnvSpec } from '../env/env.js';
import type { EnvCopy } from '../env/wrapper.js';
import { LocalVectorEnv, type Shard } from './local-vector-env.js';
import type { VectorStep } from './vector-env.js';

/** Copies of any environment, stepped one after the other in this thread. */
export class SyncVectorEnv<TObs extends Space, TAct extends Space> extends LocalVectorEnv<TObs, TAct> {
  readonly #copies: readonly EnvCopy[];
  /** The action of the copy that is being stepped, when it is not a choice. */
  readonly #action: Float32Array;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number, shard: Partial<Shard> = {}) {
    const { first = 0, progress } = shard;
    super(spec, seed, shard);
    const source = spec['~source'];
    const name = (index: number) => `${source.definition.id} (copy ${index})`;
    this.#copies = Array.from({ length: spec.numEnvs }, (_, n) =>
      createCopy(source, { name: name(first + n), index: first + n, ...(progress && { progress }) }),
    );
    this.#action = new Float32Array(this.actionSize);
  }

  protected override resetAll(obs: DtypeArray): void {
    for (let n = 0; n < this.numEnvs; n++) this.#begin(n, obs);
  }

  protected override stepAll(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray>): void {
    const { obsSize, lastEpisodes, actionMasks } = this;
    const { sparseObs } = out;
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
        if (!(sparseObs && copy.observeSparse?.(sparseObs, n))) copy.observe(out.obs, n * obsSize);
        if (actionMasks) this.maskCopy(n, actionMasks);
      }
    }
  }

  protected override maskCopy(index: number, masks: Uint8Array): void {
    this.#copies[index]!.actionMask?.(masks, index * this.choices);
  }

  protected override snapshotCopy(index: number): unknown {
    return this.#copies[index]!.snapshot();
  }

  protected override restoreCopy(index: number, snapshot: unknown): void {
    this.#copies[index]!.restore(snapshot);
  }

  protected override closeAll(): void {
    const failures: unknown[] = [];
    for (const copy of this.#copies) {
      try {
        copy.close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
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
    if (this.actionMasks) this.maskCopy(n, this.actionMasks);
  }
}
