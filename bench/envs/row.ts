/** A vectorised environment that plays, ready to be timed. */
export interface Player {
  /** Steps of single copies in one round. */
  readonly steps: number;
  /** Steps all copies once with random actions, and writes what they see into the caller's arrays. */
  round(): void;
}

/** A line of the benchmark: one environment, seen in one way. */
export interface Row {
  /** What `--only` takes. */
  readonly name: string;
  /** What is played, for the reader. */
  readonly title: string;
  /** Steps a second that it should reach; none for a row that is only reported. */
  readonly target?: number;
  /** Whether stepping it is to allocate nothing, which `npm test` checks. */
  readonly noAllocation: boolean;
  /** Makes the environment. */
  prepare(): Player;
}
