import type { CurvePoint, Metrics } from '@pg/monitor';

/** What an example left of a run, or has left so far. */
export interface SeedRun {
  /** How it ended; unfinished where it has not, or was killed. */
  readonly status: 'finished' | 'stopped' | 'failed' | 'unfinished';
  /** What the example was told, but for seed and name. */
  readonly args: readonly string[];
  /** The rows of its metrics, one at least. */
  readonly rows: readonly Metrics[];
  /** Mean return of fresh episodes with the most probable actions, once they were played. */
  readonly evaluation: number | undefined;
  /** Seconds of training by the clock, and of the processor, which is not known of a run that was resumed. */
  readonly seconds: number;
  readonly cpuSeconds: number | undefined;
}

/** What became of a seed. */
export interface SeedResult extends SeedRun {
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
  /** The step by which the level has to be reached; any by default. */
  readonly withinSteps?: number;
}

/** The curve of the program that a recipe is after. */
interface PublishedCurve {
  readonly label: string;
  /** Its metric, which is the goal's, over steps. */
  readonly points: readonly CurvePoint[];
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
  /** What the curves are compared with, over steps. */
  readonly published?: PublishedCurve;
  /** Whether it has to be named: `all` leaves out what takes an hour and more. */
  readonly onlyByName?: boolean;
}

/** A way of running a recipe. */
export interface Variant {
  readonly label: string;
  readonly args: readonly string[];
}
