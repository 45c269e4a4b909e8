/** One side of a comparison: a turn gives a measurement, in the row's unit. */
type Turn = () => Promise<number>;

/** What is measured, or why it cannot be. */
export type Contest = { readonly ours: Turn; readonly peer?: Turn } | { readonly skipped: string };

/** A line of the benchmark. */
export interface Row {
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
  /** Gets everything ready; a turn lasts about so many seconds. */
  prepare(seconds: number): Promise<Contest>;
}
