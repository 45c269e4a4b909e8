import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosineSchedule } from './cosine-schedule.js';
import { linearSchedule } from './linear-schedule.js';
import { scheduleValue } from './schedule.js';

const setting = fc.float({ min: -1e3, max: 1e3, noNaN: true });
const progress = fc.double({ min: 0, max: 1, noNaN: true });

describe('linearSchedule', () => {
  test('golden values', () => {
    const rate = linearSchedule(8, 2);
    expect([0, 0.25, 0.5, 0.75, 1].map(rate)).toEqual([8, 6.5, 5, 3.5, 2]);
  });
});

describe('cosineSchedule', () => {
  test('golden values', () => {
    const rate = cosineSchedule(8, 2);
    expect(rate(0)).toBe(8);
    // 2 + 6·(1 + cos(π/3))/2
    expect(rate(1 / 3)).toBeCloseTo(6.5, 14);
    expect(rate(0.5)).toBeCloseTo(5, 14);
    expect(rate(2 / 3)).toBeCloseTo(3.5, 14);
    expect(rate(1)).toBe(2);
  });

  test('is flat at both ends', () => {
    const rate = cosineSchedule(1, 0);
    expect(1 - rate(0.001)).toBeLessThan(3e-6);
    expect(rate(0.999)).toBeLessThan(3e-6);
  });
});

describe.each([
  ['linearSchedule', linearSchedule],
  ['cosineSchedule', cosineSchedule],
])('%s', (name, schedule) => {
  test.each([
    [[Number.NaN, 0], 'start: NaN and end: 0'],
    [[1], 'start: 1 and end: undefined'],
    [['1e-3', 0], 'start: "1e-3" and end: 0'],
  ])('refuses %j', (ends, got) => {
    expect(() => schedule(...(ends as [number, number]))).toThrow(`${name}: got ${got}; expected two finite numbers. Give both, for example ${name}(1e-3, 0).`);
  });

  test('begins at its start and ends at its end', () => {
    fc.assert(
      fc.property(setting, setting, (start, end) => {
        // rounding in end − start, of numbers below 2000
        expect(Math.abs(schedule(start, end)(0) - start)).toBeLessThan(1e-12);
        expect(Math.abs(schedule(start, end)(1) - end)).toBeLessThan(1e-12);
      }),
    );
  });

  test('ends at 0 exactly', () => {
    expect(schedule(3e-4, 0)(1)).toBe(0);
  });

  test('goes one way', () => {
    fc.assert(
      fc.property(progress, progress, (a, b) => {
        const rate = schedule(1, 0);
        expect(rate(Math.min(a, b))).toBeGreaterThanOrEqual(rate(Math.max(a, b)) - 1e-15);
      }),
    );
  });

  test('stays where start and end are the same', () => {
    fc.assert(
      fc.property(setting, progress, (value, at) => {
        // + 0: of the two zeros either will do
        expect(schedule(value, value)(at) + 0).toBe(value + 0);
      }),
    );
  });
});

describe('scheduleValue', () => {
  test('is a number itself, whatever the progress', () => {
    expect(scheduleValue(0.01, 0)).toBe(0.01);
    expect(scheduleValue(0.01, 0.7)).toBe(0.01);
  });

  test('is a schedule at the progress', () => {
    expect(scheduleValue(linearSchedule(4, 0), 0.25)).toBe(3);
    expect(scheduleValue((at) => 1 - at * at, 0.5)).toBe(0.75);
  });
});
