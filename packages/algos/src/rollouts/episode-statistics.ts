/** Everything that {@link EpisodeStatistics} knows; the lists are full from the front. */
export interface EpisodeStatisticsState {
  readonly episodes: number;
  readonly lastReturns: Float64Array;
  readonly lastLengths: Float64Array;
}

/** Returns and lengths of the last finished episodes. */
export class EpisodeStatistics {
  /** How many episodes have finished in all. */
  episodes = 0;
  readonly #returns: Float64Array;
  readonly #lengths: Float64Array;

  /** @param window - how many episodes the means run over */
  constructor(window = 100) {
    this.#returns = new Float64Array(window);
    this.#lengths = new Float64Array(window);
  }

  /** Takes in a finished episode. */
  push(episodeReturn: number, length: number): void {
    const at = this.episodes % this.#returns.length;
    this.#returns[at] = episodeReturn;
    this.#lengths[at] = length;
    this.episodes += 1;
  }

  /** Mean return of the last episodes; NaN before the first has finished. */
  meanReturn(): number {
    return this.#mean(this.#returns);
  }

  /** Mean length of the last episodes; NaN before the first has finished. */
  meanLength(): number {
    return this.#mean(this.#lengths);
  }

  /** What has finished since there were `episodes`: how many, and the returns and lengths of the last of them, from the oldest on. */
  since(episodes: number): { readonly episodes: number; readonly returns: readonly number[]; readonly lengths: readonly number[] } {
    const finished = this.episodes - episodes;
    const window = this.#returns.length;
    const kept = Math.min(finished, window);
    const places = Array.from({ length: kept }, (_, i) => (this.episodes - kept + i) % window);
    return { episodes: finished, returns: places.map((at) => this.#returns[at]!), lengths: places.map((at) => this.#lengths[at]!) };
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
