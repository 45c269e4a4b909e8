import type { Skipped } from '../shared/peers/peer-file.js';

/** One side of a comparison, ready to work. */
export interface Contender {
  /** Does the work so many times; returns the seconds that it took in all. */
  run(times: number): number | Promise<number>;
  /** Numbers that follow from the work done so far, the same for both sides. */
  outcome(): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** Gives back what it holds. */
  dispose(): void;
}

/** Both sides, or why there is nothing to compare with. */
export type Contest = { readonly ours: Contender; readonly peer: Contender } | Skipped;

/** What a row should reach: so many times the peer's speed or, where it says so, so many GFLOP/s. */
interface Target {
  readonly ratio: number;
  readonly gflops?: number;
}

/** A line of the benchmark: the same work, done by our engine and by a peer. */
export interface Row {
  /** What `--only` takes. */
  readonly name: string;
  /** What is done, for the reader. */
  readonly title: string;
  /** Who else does it. */
  readonly peer: string;
  /** None for a row that is only reported. */
  readonly target?: Target;
  /** Floating-point operations of the work; given where speed is told in GFLOP/s. */
  readonly operations?: number;
  /** How far the two outcomes may be apart, relative to the largest number. */
  readonly tolerance: number;
  /** Makes both sides from the same numbers. */
  prepare(): Promise<Contest>;
}

/** A contender whose work is a function of this process. */
export function inProcess(work: () => void, rest: Omit<Contender, 'run'>): Contender {
  const run = (times: number) => {
    const start = performance.now();
    for (let i = 0; i < times; i++) work();
    return (performance.now() - start) / 1000;
  };
  return { ...rest, run };
}
