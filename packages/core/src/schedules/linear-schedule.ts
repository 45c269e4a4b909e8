import type { Schedule } from './schedule.js';

/**
 * From `start` to `end` along a straight line: start + (end − start)·progress.
 *
 * @example
 * ```ts
 * reinforce().options({ learningRate: linearSchedule(1e-2, 0) });
 * ```
 */
export function linearSchedule(start: number, end: number): Schedule {
  return (progress) => start + (end - start) * progress;
}
