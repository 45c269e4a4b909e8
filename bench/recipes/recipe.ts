import type { Metrics } from '@pg/monitor';

/** What an example left of a run. */
export interface FinishedRun {
  /** The rows of its metrics. */
  readonly rows: readonly Metrics[];
  /** Mean return of fresh episodes with the most probable actions. */
  readonly evaluation: number;
  /** Seconds of training by the clock, and of the processor. */
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** What became of a seed. */
export interface SeedResult extends FinishedRun {
  readonly seed: number;
  /** What the goal is about. */
  readonly score: number;
  /** The first row that was there, absent where none was. */
  readonly reachedAt?: Metrics;
  /** Whether the seed did what the goal asks. */
  readonly reached: boolean;
}

/** A metric that has to get somewhere. */
export interface Goal {
  /** For the reader. */
  readonly text: string;
  /** The metric that is watched, and drawn. */
  readonly metric: string;
  /** What it has to reach; and on how many episodes it has to stand. */
  readonly level: number;
  readonly leastEpisodes: number;
  /** Whether it has to be there at the end, or only once. */
  readonly atTheEnd: boolean;
  /** What the evaluation has to reach besides. */
  readonly evaluation?: number;
}

/** One of the published programs, as an example runs it. */
export interface Recipe {
  /** What the command line takes. */
  readonly name: string;
  readonly title: string;
  /** The example, and what it is told. */
  readonly example: string;
  readonly args: readonly string[];
  /** Runs that are compared, one after the other, for each seed; a single one with no further arguments by default. */
  readonly variants?: readonly Variant[];
  readonly goal: Goal;
  /** How many seeds are run when nothing else is said. */
  readonly seeds: number;
  /** What the picture's x axis is; steps by default. */
  readonly over?: 'steps' | 'seconds' | 'episodes';
}

/** A way of running a recipe. */
export interface Variant {
  readonly label: string;
  readonly args: readonly string[];
}
