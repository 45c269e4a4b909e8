import type { FinishedEpisodes } from './finished-episodes.js';

/** Everything that {@link EpisodeStatistics} knows; the lists are full from the front. */
export interface EpisodeStatisticsState {
  readonly episodes: number;
  readonly lastReturns: Float64Array;
  readonly lastLengths: Float64Array;
}

/** What an update says of episodes. */
export interface EpisodeSummary {
  /** Finished episodes so far. */
  readonly episodes: number;
  /** Mean return of the last 100 finished episodes; NaN before the first. */
  readonly meanReturn: number;
  /** Mean length of the last 100 finished episodes; NaN before the first. */
  readonly meanLength: number;
  /** Returns of the episodes that this update finished, in order. */
  readonly returns: readonly number[];
}

/** Returns and lengths of the last finished episodes. */
export class EpisodeStatistics {
  /** How many episodes have finished in all. */
  episodes = 0;
  readonly #returns: Float64Array;
  readonly #lengths: Float64Array;
  /** Returns since the last summary. */
  #recent: number[] = [];
  readonly #kept: { episodes: number; readonly returns: Float64Array; readonly lengths: Float64Array };

  /** @param window - how many episodes the means run over */
  constructor(window = 100) {
    this.#returns = new Float64Array(window);
    this.#lengths = new Float64Array(window);
    this.#kept = { episodes: 0, returns: new Float64Array(window), lengths: new Float64Array(window) };
  }

  /** Remembers what is known now, for {@link undo}; to be called after a summary. */
  keep(): void {
    this.#kept.episodes = this.episodes;
    this.#kept.returns.set(this.#returns);
    this.#kept.lengths.set(this.#lengths);
  }

  /** Forgets the episodes since {@link keep}. */
  undo(): void {
    const { episodes, returns, lengths } = this.#kept;
    this.restore({ episodes, lastReturns: returns, lastLengths: lengths });
    this.#recent = [];
  }

  /** Takes in a finished episode. */
  push(episodeReturn: number, length: number): void {
    const at = this.episodes % this.#returns.length;
    this.#returns[at] = episodeReturn;
    this.#lengths[at] = length;
    this.episodes += 1;
    this.#recent.push(episodeReturn);
  }

  /** The state of things at the end of an update. */
  summarize(): EpisodeSummary {
    const { episodes } = this;
    const returns = this.#recent;
    this.#recent = [];
    return { episodes, meanReturn: this.meanReturn(), meanLength: this.meanLength(), returns };
  }

  /** Takes in a rollout's finished episodes of several shards: by step, then by shard. */
  take(lists: readonly FinishedEpisodes[]): void {
    const next = lists.map(() => 0);
    for (;;) {
      let earliest = -1;
      for (let i = 0; i < lists.length; i++) {
        if (next[i]! === lists[i]!.count) continue;
        if (earliest < 0 || lists[i]!.stepOf(next[i]!) < lists[earliest]!.stepOf(next[earliest]!)) earliest = i;
      }
      if (earliest < 0) return;
      const list = lists[earliest]!;
      const i = next[earliest]!++;
      this.push(list.returnOf(i), list.lengthOf(i));
    }
  }

  /** Mean return of the last episodes; NaN before the first has finished. */
  meanReturn(): number {
    return this.#mean(this.#returns);
  }

  /** Mean length of the last episodes; NaN before the first has finished. */
  meanLength(): number {
    return this.#mean(this.#lengths);
  }

  /** What is needed to go on later. */
  state(): EpisodeStatisticsState {
    return { episodes: this.episodes, lastReturns: this.#returns.slice(), lastLengths: this.#lengths.slice() };
  }

  /** Becomes what a state of the same window was taken from. */
  restore({ episodes, lastReturns, lastLengths }: EpisodeStatisticsState): void {
    this.episodes = episodes;
    this.#returns.set(lastReturns);
    this.#lengths.set(lastLengths);
  }

  #mean(values: Float64Array): number {
    const count = Math.min(this.episodes, values.length);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[i]!;
    return sum / count;
  }
}
