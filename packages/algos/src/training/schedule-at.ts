import { describeValue, InvalidOptionsError, type Schedule, scheduleValue } from '@pg/core';

/**
 * A learning rate, a coefficient or a range at a progress in [0, 1].
 *
 * @param name - of the option, for messages
 * @throws InvalidOptionsError when a schedule gives what none of them is; it would ruin the parameters
 */
export function scheduleAt(name: string, setting: number | Schedule, progress: number): number {
  const value = scheduleValue(setting, progress);
  if (value >= 0 && Number.isFinite(Math.fround(value))) return value;
  throw new InvalidOptionsError({
    where: name,
    got: `${describeValue(value)} at progress ${progress}`,
    expected: 'a finite float32 number at least 0',
    remedy: 'Change the number or the schedule.',
  });
}
