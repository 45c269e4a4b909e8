import { InvalidOptionsError, linearSchedule } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { scheduleAt } from './schedule-at.js';

describe('scheduleAt', () => {
  test('is the number, or the schedule at the progress', () => {
    expect(scheduleAt('learningRate', 0.1, 0.5)).toBe(0.1);
    expect(scheduleAt('learningRate', linearSchedule(4, 0), 0.75)).toBe(1);
    expect(scheduleAt('learningRate', linearSchedule(4, 0), 1)).toBe(0);
  });

  test.each<[number | ((progress: number) => number), string]>([
    [() => Number.NaN, 'NaN'],
    [(progress) => 0.1 - progress, '-0.4'],
    [() => Infinity, 'Infinity'],
    [() => undefined as never, 'undefined'],
    [1e39, '1e+39'],
  ])('refuses what would ruin the parameters: %s', (setting, shown) => {
    expect(() => scheduleAt('learningRate', setting, 0.5)).toThrow(InvalidOptionsError);
    expect(() => scheduleAt('learningRate', setting, 0.5)).toThrow(
      `learningRate: got ${shown} at progress 0.5; expected a finite float32 number at least 0. Change the number or the schedule.`,
    );
  });
});
