import { EpisodeStatistics } from '../rollouts/episode-statistics.js';
import type { FinishedEpisodes } from '../rollouts/finished-episodes.js';

/** What shards have collected. */
export interface Tallied {
  readonly header: { readonly steps: number };
  readonly episodes: FinishedEpisodes;
}

/** What a run has done so far. */
export class Tally {
  /** Environment steps, over all copies. */
  step = 0;
  /** Updates. */
  updates = 0;
  readonly statistics = new EpisodeStatistics();
  #keptStep = 0;
  #keptUpdates = 0;

  /** Remembers what there is now, for {@link undo}. */
  keep(): void {
    this.#keptStep = this.step;
    this.#keptUpdates = this.updates;
    this.statistics.keep();
  }

  /** Becomes what it was at {@link keep}. */
  undo(): void {
    this.step = this.#keptStep;
    this.updates = this.#keptUpdates;
    this.statistics.undo();
  }

  /** Takes in the rollout that the shards have collected. */
  add(mails: readonly Tallied[]): void {
    for (const { header } of mails) this.step += header.steps;
    this.statistics.take(mails.map(({ episodes }) => episodes));
  }

  /** Counts an update, and gives what the record of each begins with. */
  finishUpdate() {
    this.updates += 1;
    return { step: this.step, updates: this.updates, ...this.statistics.summarize() };
  }
}
