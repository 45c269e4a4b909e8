import { describe, expect, test } from 'vitest';
import { describeStatus, duration } from './describe-status.js';

const status = {
  fraction: 0.999,
  unit: 'steps',
  episodes: 9,
  steps: 49_950,
  total: 50_000,
  time: 0,
  rate: 1_234_567,
  elapsed: 75,
  remaining: 0.4,
  meanReturn: 195.26,
  history: [],
  losses: [],
} as const;

describe('describeStatus', () => {
  test('names every part, and 100% only when all steps are done', () => {
    expect(describeStatus(status, false)).toEqual({ percent: '99%', steps: '50k/50k', rate: '1.23M/s', time: 'ETA 0:00', meanReturn: 'return 195.3' });
  });

  test('tells the time taken at the end', () => {
    expect(describeStatus(status, true).time).toBe('took 1:15');
  });

  test('shows what is not known as a dash', () => {
    const unknown = { ...status, rate: Number.NaN, remaining: Number.NaN, meanReturn: Number.NaN };
    expect(describeStatus(unknown, false)).toMatchObject({ rate: '-/s', time: 'ETA -:--', meanReturn: 'return -' });
  });

  test.each([
    [0, '0.00'],
    [-0.0214, '-0.021'],
    [9.416, '9.42'],
    [-1234.4, '-1234'],
    [123_456, '123k'],
  ])('a return of %d is short', (meanReturn, text) => {
    expect(describeStatus({ ...status, meanReturn }, false).meanReturn).toBe(`return ${text}`);
  });
});

test.each([
  [9.4, '0:09'],
  [59.6, '1:00'],
  [3723, '1:02:03'],
  [183_600, '2d 03h'],
  [Number.POSITIVE_INFINITY, '-:--'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});
