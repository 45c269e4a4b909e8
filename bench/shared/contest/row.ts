import type { Skipped } from '../peers/peer-file.js';

/** One side of a comparison: a turn gives a measurement, in the row's unit. */
type Turn<T> = () => Promise<T>;

/** Who takes turns. */
export interface Contest<T = number> {
  readonly ours: Turn<T>;
  readonly peer?: Turn<T>;
}

/** What is said of a line of the benchmark. */
export interface RowTitle {
  /** What `--only` takes. */
  readonly name: string;
  /** What is done, for the reader. */
  readonly title: string;
  /** Who else does it, where our speed is told as a multiple of theirs. */
  readonly peer?: string;
  /** What a turn measures. */
  readonly unit: 'steps/s' | 'ms' | 'MB';
  /** So many times the peer's speed at least; without a peer, so many milliseconds or megabytes at most. None for a row that is only reported. */
  readonly target?: number;
}

/** A line of the benchmark; a turn gives one number, or several. */
export interface Row<T = number> extends RowTitle {
  /** Gets everything ready, or says why it cannot be; a turn lasts about so many seconds. */
  prepare(seconds: number): Promise<Contest<T> | Skipped>;
}
