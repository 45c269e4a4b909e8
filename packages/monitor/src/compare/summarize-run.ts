import type { RunRecord } from '../runs/read-run.js';

/** What became of a run, in a few numbers. */
export interface RunSummary {
  /** The folder's name. */
  readonly name: string;
  /** The folder's absolute path. */
  readonly directory: string;
  /** How it ended, or that it has not. */
  readonly status: RunRecord['status'];
  /** Environment steps. */
  readonly steps: number;
  /** Seconds of training. */
  readonly seconds: number;
  /** Environment steps a second, all over; NaN without time. */
  readonly stepsPerSecond: number;
  /** The last mean return; NaN before the first finished episode. */
  readonly finalReturn: number;
  /** The best mean return; NaN before the first finished episode. */
  readonly bestReturn: number;
  /** What `finish` was given. */
  readonly result: Readonly<Record<string, unknown>>;
}

/** Sums up a run. */
export function summarizeRun({ name, directory, status, info, metrics, elapsedSeconds, result }: RunRecord): RunSummary {
  const returns = metrics.flatMap((row) => row['rollout/ep_rew_mean'] ?? []).filter(Number.isFinite);
  const steps = metrics.at(-1)?.['time/total_timesteps'] ?? 0;
  // The time of the last update: what `finish` took, such as an evaluation, is no training.
  const seconds = metrics.at(-1)?.['time/time_elapsed'] ?? elapsedSeconds;
  return {
    name,
    directory,
    status,
    steps,
    seconds,
    stepsPerSecond: seconds > 0 ? (steps - info.start) / seconds : Number.NaN,
    finalReturn: returns.at(-1) ?? Number.NaN,
    bestReturn: returns.reduce((best, value) => Math.max(best, value), returns[0] ?? Number.NaN),
    result,
  };
}
