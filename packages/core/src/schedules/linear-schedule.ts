import { requireNumber } from '../options/require-argument.js';
import { checkEnds } from './check-ends.js';
import type { Schedule } from './schedule.js';

/**
 * From `start` to `end` along a straight line: start + (end − start)·progress.
 *
 * @throws InvalidOptionsError when an end is no finite number, or one that float32 does not keep
 * @example
 * ```ts
 * reinforce().options({ learningRate: linearSchedule(1e-2, 0) });
 * ```
 */
export function linearSchedule(start: number, end: number): Schedule {
  checkEnds('linearSchedule', start, end);
  return (progress) => {
    requireNumber('linearSchedule', 'progress', progress);
    return start + (end - start) * progress;
  };
}
