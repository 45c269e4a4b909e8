import type { TrainingUpdate } from '../metrics/training-update.js';
import { lossTexts } from './loss-text.js';

/** What a run is measured in. */
export type ProgressUnit = 'steps' | 'episodes' | 'updates';

/** Where a run stands at one moment. */
export interface ProgressStatus {
  /** Part done, from 0 to 1. */
  readonly fraction: number;
  /** What is counted. */
  readonly unit: ProgressUnit;
  /** Steps, or what else is counted, done of this run. */
  readonly steps: number;
  /** Steps that this run will take. */
  readonly total: number;
  /** Episodes that have ended, those before this run included. */
  readonly episodes: number;
  /** Milliseconds on the caller's clock. */
  readonly time: number;
  /** Steps a second since the start; NaN while no time has passed. */
  readonly rate: number;
  /** Seconds since the start. */
  readonly elapsed: number;
  /** Seconds to go at this rate; NaN while the rate is unknown. */
  readonly remaining: number;
  /** Mean return of the last episodes; NaN before the first one. */
  readonly meanReturn: number;
  /** The mean return over the run so far, oldest first: one value for each 64th of the run that had one. */
  readonly history: readonly number[];
  /** What is known of how the last update learned, as text. */
  readonly losses: readonly string[];
}

/** What a tracker needs to know of the run. */
export interface TrackOptions {
  readonly total: number;
  readonly start: number;
  readonly unit: ProgressUnit;
  readonly now: () => number;
}

const slots = 64;

/** Starts a clock, and returns the function that turns an update into the run's status. */
export function trackProgress({ total, start, unit, now }: TrackOptions): (update: TrainingUpdate) => ProgressStatus {
  const began = now();
  const history: number[] = new Array(slots).fill(Number.NaN);
  return (update) => {
    const { meanReturn, episodes } = update;
    const time = now();
    const steps = Math.max(0, countOf(update, unit) - start);
    const fraction = Math.min(1, steps / total);
    const elapsed = (time - began) / 1000;
    const rate = elapsed > 0 ? steps / elapsed : Number.NaN;
    const remaining = rate > 0 ? Math.max(0, total - steps) / rate : Number.NaN;
    history[Math.min(slots - 1, Math.floor(fraction * slots))] = meanReturn;
    const course = { history: history.filter(Number.isFinite), losses: lossTexts(update) };
    return { fraction, unit, steps, total, episodes, time, rate, elapsed, remaining, meanReturn, ...course };
  };
}

function countOf({ step, episodes, updates = 0 }: TrainingUpdate, unit: ProgressUnit): number {
  return { steps: step, episodes, updates }[unit];
}
