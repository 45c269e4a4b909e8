import { describeValue, FLOAT32_RANGE, fitsFloat32, InvalidOptionsError, type Schedule, scheduleValue } from '@pg/core';

/** Settings that may change over a run, by their names. */
export type Schedules<TName extends string> = Readonly<Record<TName, number | Schedule>>;

/** What such settings are at a progress. */
export type Scheduled<TName extends string> = Readonly<Record<TName, number>>;

/**
 * What all settings are at a progress in [0, 1].
 *
 * @throws InvalidOptionsError as {@link scheduleAt}
 */
export function schedulesAt<TName extends string>(schedules: Schedules<TName>, progress: number): Scheduled<TName> {
  const now: Partial<Record<TName, number>> = {};
  for (const name in schedules) now[name] = scheduleAt(name, schedules[name], progress);
  return now as Scheduled<TName>;
}

/**
 * A learning rate, a coefficient or a range at a progress in [0, 1].
 *
 * @param name - of the option, for messages
 * @throws InvalidOptionsError when a schedule gives what none of them is; it would ruin the parameters
 */
export function scheduleAt(name: string, setting: number | Schedule, progress: number): number {
  const value = scheduleValue(setting, progress);
  if (fitsFloat32(value) && value >= 0) return value;
  throw new InvalidOptionsError({
    where: name,
    got: `${describeValue(value)} at progress ${progress}`,
    expected: `0, or a number from ${FLOAT32_RANGE}`,
    remedy: 'Change the number or the schedule.',
  });
}
