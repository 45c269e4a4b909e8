import type { Rng, Space } from '@pg/core';
import type { EndedEpisodes } from '../env/ended-episode.js';
import type { EnvSpec } from '../env/env.js';
import { envStream } from '../env/single-env.js';
import { type CopySnapshot, VectorBase, type VectorSnapshot } from './vector-base.js';

/** Which of all copies the ones here are, when others are on other threads. */
export interface Shard {
  /** The index of the first one. */
  readonly first: number;
  /** Where to say which copy is at work and at which step of its episode: two numbers. */
  readonly progress: Int32Array;
  /** Where to note their last episodes, if they keep such. */
  readonly lastEpisodes: EndedEpisodes | undefined;
  /** `[N, n]`: where to write which actions they allow, if they say so. */
  readonly actionMasks: Uint8Array | undefined;
}

/** Copies in this thread, each with its random stream. */
export abstract class LocalVectorEnv<TObs extends Space, TAct extends Space> extends VectorBase<TObs, TAct> {
  /** The random stream of each copy. */
  protected readonly rngs: readonly Rng[];
  /** n, the number of choices; 0 where actions are none. */
  protected readonly choices: number;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number, { first = 0, lastEpisodes, actionMasks }: Partial<Shard> = {}) {
    super(spec, { lastEpisodes, actionMasks });
    this.choices = spec.actionSpace.kind === 'discrete' ? spec.actionSpace.size : 0;
    this.rngs = Array.from({ length: spec.numEnvs }, (_, index) => envStream(seed, first + index));
  }

  protected override snapshotAll(started: boolean): readonly CopySnapshot[] {
    return this.rngs.map((rng, index) => ({ rng: rng.state(), copy: started ? this.snapshotCopy(index) : undefined }));
  }

  protected override restoreAll({ started, copies }: VectorSnapshot): void {
    copies.forEach(({ rng, copy }, index) => {
      this.rngs[index]!.restore(rng);
      if (started) this.restoreCopy(index, copy);
      if (started && this.actionMasks) this.maskCopy(index, this.actionMasks);
    });
  }

  /** Everything about one copy but its random stream. */
  protected abstract snapshotCopy(index: number): unknown;

  /** Puts one copy back. */
  protected abstract restoreCopy(index: number, snapshot: unknown): void;

  /** Writes which actions one copy allows. Hot: no allocation. */
  protected abstract maskCopy(index: number, masks: Uint8Array): void;
}
