import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { Metrics } from '../metrics/metrics.js';
import { requireRows } from '../metrics/require-update.js';
import type { CurvePoint } from './curve-series.js';

/** What is drawn of the rows of a run. */
export interface MetricCurveOptions {
  /** What it is drawn over: environment steps, seconds of training, finished episodes, or updates. Default "steps". */
  readonly over?: 'steps' | 'seconds' | 'episodes' | 'updates';
  /** The metric. Default "rollout/ep_rew_mean", the mean return. */
  readonly metric?: string;
}

const columns = {
  steps: 'time/total_timesteps',
  seconds: 'time/time_elapsed',
  episodes: 'time/episodes',
  updates: 'time/iterations',
} as const;

/** The fields of a schema for what is drawn of a run. */
export const metricFields = {
  over: z._default(z.enum(['steps', 'seconds', 'episodes', 'updates']), 'steps'),
  metric: z._default(z.string(), 'rollout/ep_rew_mean'),
};

const schema = z.strictObject(metricFields);

/**
 * One metric of a run as the points of a curve: a point for each row that has it.
 *
 * @param rows - for example the `metrics` of `readRun`
 * @throws InvalidOptionsError for a wrong option
 */
export function metricCurve(rows: readonly Metrics[], options: MetricCurveOptions = {}): CurvePoint[] {
  const { over, metric } = parseOptions('metricCurve', schema, options);
  requireRows('metricCurve', 'rows', rows);
  return rows.flatMap((row) => {
    const [x, y] = [row[columns[over]], row[metric]];
    return x === undefined || y === undefined ? [] : [{ x, y }];
  });
}
