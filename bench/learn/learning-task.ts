/** What became of one seed. */
export interface SeedResult {
  /** What the goal is about. */
  readonly score: number;
  /** Whether the seed did what the goal asks of one. */
  readonly reached: boolean;
  /** Environment steps of training, over all copies. */
  readonly steps: number;
  /** The first step at which the mean return of the last 100 training episodes reached the threshold; absent where it never did. */
  readonly reachedAt?: number;
  /** That mean at the end of training. */
  readonly trainingReturn: number;
  /** Mean return of 100 fresh episodes with the most probable actions. */
  readonly evaluation: number;
  /** Seconds of training. */
  readonly seconds: number;
}

/** What a learning task is to do with a seed. */
export interface Effort {
  readonly seed: number;
  /** Whether a single update will do: its scores say nothing. */
  readonly smoke: boolean;
}

/** Something that is to be learned from every seed alike. */
export interface LearningTask {
  /** What the command line takes. */
  readonly name: string;
  /** What learns what, and how, for the reader. */
  readonly title: string;
  /** What is asked of a seed. */
  readonly goal: string;
  /** Of ten seeds so many have to reach the goal. */
  readonly ofTen: number;
  /** Learns from a seed. */
  learn(effort: Effort): Promise<SeedResult>;
}
