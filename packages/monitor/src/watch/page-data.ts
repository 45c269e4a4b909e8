import type { ReferenceLine } from '../plots/curve-options.js';
import type { CurvesPatch } from './curve-history.js';
import type { Film } from './film.js';

/** Where a run stands, as its page says it. */
export interface RunStatus {
  /** `stopped`: by the user's wish, or closed, before its end. */
  readonly phase: 'waiting' | 'training' | 'finished' | 'stopped' | 'failed';
  /** Environment steps so far. */
  readonly step: number;
  /** Episodes so far. */
  readonly episodes: number;
  /** Updates so far. */
  readonly updates: number;
  /** Seconds since the start. */
  readonly elapsed: number;
  /** Steps a second: lately, and of a run that has ended over all of it; null while unknown. */
  readonly rate: number | null;
  /** Mean return of the last episodes; null before the first one. */
  readonly meanReturn: number | null;
  /** The highest mean return so far; null before the first one. */
  readonly bestReturn: number | null;
}

/** A line of a list: a name and a value in words. */
export type Entry = readonly [name: string, value: string];

/** How far a run goes; null where nobody said. It ends with the first of them that it reaches. */
export interface RunLimits {
  /** Environment steps that the run takes. */
  readonly total: number | null;
  /** Environment steps that were done before it. */
  readonly start: number;
  /** Finished episodes in all. */
  readonly totalEpisodes: number | null;
  /** Updates in all. */
  readonly totalUpdates: number | null;
}

/** All that a page shows; the first event of a live page, and the data of a finished one. */
export interface PageData extends RunLimits {
  /** The run that is watched: another number is another run on the same port. */
  readonly id: number;
  readonly title: string;
  readonly reference: ReferenceLine | null;
  readonly settings: readonly Entry[];
  readonly result: readonly Entry[];
  /** What went wrong, in training or in the environment that is played. */
  readonly note: string;
  readonly status: RunStatus;
  readonly curves: CurvesPatch;
  readonly film: Film | null;
}

/** What a live page is sent while training goes on. */
export interface Progress {
  readonly status: RunStatus;
  readonly curves: CurvesPatch | null;
}
