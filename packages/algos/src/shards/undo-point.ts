import type { Rng, RngState, Space } from '@pg/core';
import type { Normalization, VectorEnv } from '@pg/envs';
import type { Collector } from '../rollouts/collector.js';

/** What an update changes in a shard or in a worker, beside parameters. */
export interface UndoParts {
  readonly env: Pick<VectorEnv<Space, Space>, 'normalization'>;
  readonly actionRng: Rng;
  readonly shuffleRng?: Rng;
  readonly collector: Pick<Collector, 'startAnew'>;
  /** The algorithm's own state, if it has one. */
  readonly state?: object | undefined;
}

/**
 * Where a shard goes back to when an update fails. Random streams and running moments become what they were; environments cannot go back,
 * since their authors need not say how: they start new episodes. `docs/decisions/failed-updates.md` says why.
 */
export class UndoPoint {
  readonly #parts: UndoParts;
  #actions: RngState | undefined;
  #shuffle: RngState | undefined;
  #moments: ReturnType<Normalization['state']> | undefined;
  #state: object | undefined;

  constructor(parts: UndoParts) {
    this.#parts = parts;
  }

  /** Remembers what there is now. */
  keep(): void {
    const { env, actionRng, shuffleRng, state } = this.#parts;
    this.#actions = actionRng.state();
    this.#shuffle = shuffleRng?.state();
    this.#moments = env.normalization?.state();
    this.#state = state && structuredClone(state);
  }

  /** Becomes what there was at {@link keep}; new episodes start. */
  undo(): void {
    const { env, actionRng, shuffleRng, collector, state } = this.#parts;
    if (this.#actions) actionRng.restore(this.#actions);
    if (this.#shuffle) shuffleRng?.restore(this.#shuffle);
    if (this.#moments) env.normalization!.restore(this.#moments);
    if (state) Object.assign(state, this.#state);
    collector.startAnew();
  }
}
