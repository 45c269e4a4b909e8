import { requireNumber } from '../options/require-argument.js';
/**
 * A setting that changes over a run: a function of progress, which goes from 0 at the first step to 1 at the last.
 * It must be pure: the same progress, the same value.
 */
export type Schedule = (progress: number) => number;

/** The value of a number or a schedule at a progress in [0, 1]. */
export function scheduleValue(setting: number | Schedule, progress: number): number {
  requireNumber('scheduleValue', 'progress', progress);
  if (typeof setting !== 'function') requireNumber('scheduleValue', 'setting', setting);
  return typeof setting === 'number' ? setting : setting(progress);
}
