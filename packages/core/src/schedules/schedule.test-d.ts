import { describe, expectTypeOf, test } from 'vitest';
import { linearSchedule } from './linear-schedule.js';
import { type Schedule, scheduleValue } from './schedule.js';

describe('Schedule', () => {
  test('is a function of progress', () => {
    expectTypeOf<Schedule>().toEqualTypeOf<(progress: number) => number>();
    expectTypeOf(linearSchedule(1, 0)).toEqualTypeOf<Schedule>();
    expectTypeOf(scheduleValue).parameter(0).toEqualTypeOf<number | Schedule>();
  });

  test('gives numbers', () => {
    // @ts-expect-error a schedule of strings
    scheduleValue(() => '1', 0);
    // @ts-expect-error progress is missing
    scheduleValue(1);
  });
});
