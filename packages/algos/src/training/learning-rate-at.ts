import { describeValue, InvalidOptionsError, type Schedule, scheduleValue } from '@pg/core';

/**
 * The learning rate at a progress in [0, 1].
 *
 * @throws InvalidOptionsError when a schedule gives what no learning rate is; it would ruin the parameters
 */
export function learningRateAt(setting: number | Schedule, progress: number): number {
  const rate = scheduleValue(setting, progress);
  if (rate >= 0 && Number.isFinite(Math.fround(rate))) return rate;
  throw new InvalidOptionsError({
    where: 'learningRate',
    got: `${describeValue(rate)} at progress ${progress}`,
    expected: 'a finite float32 number at least 0',
    remedy: 'Change the number or the schedule.',
  });
}
