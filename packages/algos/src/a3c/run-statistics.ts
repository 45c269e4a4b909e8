import { EpisodeStatistics, type EpisodeStatisticsState } from '../rollouts/episode-statistics.js';
import type { WorkerUpdate } from './worker-update.js';

/** How much of the running mean an episode leaves. */
const KEPT = 0.99;

/** Everything that {@link RunStatistics} knows. */
export interface RunStatisticsState extends EpisodeStatisticsState {
  readonly runningReturn: number;
}

/** The episodes of all workers, in the order in which they are reported. */
export class RunStatistics {
  readonly #last = new EpisodeStatistics();
  /** Running mean of returns, 0.99 of it kept at each episode; NaN before the first, which it begins with. */
  runningReturn = Number.NaN;

  get episodes(): number {
    return this.#last.episodes;
  }

  get meanReturn(): number {
    return this.#last.meanReturn();
  }

  get meanLength(): number {
    return this.#last.meanLength();
  }

  /** Takes in what has ended in an update. */
  push({ episodes, returns, lengths }: Pick<WorkerUpdate, 'episodes' | 'returns' | 'lengths'>): void {
    // of more episodes than are remembered only the last are told
    this.#last.episodes += episodes - returns.length;
    for (const [i, value] of returns.entries()) {
      this.#last.push(value, lengths[i]!);
      this.runningReturn = Number.isNaN(this.runningReturn) ? value : KEPT * this.runningReturn + (1 - KEPT) * value;
    }
  }

  state(): RunStatisticsState {
    return { ...this.#last.state(), runningReturn: this.runningReturn };
  }

  restore({ runningReturn, ...last }: RunStatisticsState): void {
    this.#last.restore(last);
    this.runningReturn = runningReturn;
  }
}
