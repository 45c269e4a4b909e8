import { cos } from '../math/sin-cos.js';
import { requireNumber } from '../options/require-argument.js';
import { checkEnds } from './check-ends.js';
import type { Schedule } from './schedule.js';

/**
 * From `start` to `end` along half a cosine: end + (start − end)·(1 + cos(π·progress))/2 (Loshchilov and Hutter 2017, without restarts).
 *
 * @throws InvalidOptionsError when an end is no finite number, or one that float32 does not keep
 */
export function cosineSchedule(start: number, end: number): Schedule {
  checkEnds('cosineSchedule', start, end);
  return (progress) => {
    requireNumber('cosineSchedule', 'progress', progress);
    return end + (start - end) * 0.5 * (1 + cos(Math.PI * progress));
  };
}
