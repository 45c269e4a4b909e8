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
  /** Seconds since the start. */
  readonly elapsed: number;
  /** Steps a second, lately; null while unknown. */
  readonly rate: number | null;
  /** Mean return of the last episodes; null before the first one. */
  readonly meanReturn: number | null;
  /** The highest mean return so far; null before the first one. */
  readonly bestReturn: number | null;
}

/** A line of a list: a name and a value in words. */
export type Entry = readonly [name: string, value: string];

/** All that a page shows; the first event of a live page, and the data of a finished one. */
export interface PageData {
  /** The run that is watched: another number is another run on the same port. */
  readonly id: number;
  readonly title: string;
  /** Environment steps that the run takes; null where nobody said. */
  readonly total: number | null;
  /** Environment steps that were done before it. */
  readonly start: number;
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
