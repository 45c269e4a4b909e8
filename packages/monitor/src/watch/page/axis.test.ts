import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf, stepAxis, valueAxis } from './axis.js';

test('ranges leave out what is no number', () => {
  expect(rangeOf([3, Number.NaN, -2], [7, Number.POSITIVE_INFINITY])).toEqual([-2, 7]);
  expect(rangeOf([Number.NaN], [])).toBeUndefined();
});

test('round ticks', () => {
  expect(valueAxis([0.2, 97], 5)).toEqual({ low: 0, high: 100, ticks: [0, 20, 40, 60, 80, 100] });
  expect(valueAxis([-0.04, 0.013], 4)).toEqual({ low: -0.04, high: 0.02, ticks: [-0.04, -0.02, 0, 0.02] });
  expect(valueAxis([21, 21], 2).ticks).toEqual([15, 20, 25]);
  expect(valueAxis([0, 0], 2).ticks).toEqual([-1, 0, 1]);
});

test('steps begin at 0, except those of a resumed run', () => {
  expect(stepAxis([500, 100_000], 5)).toEqual({ low: 0, high: 100_000, ticks: [0, 20_000, 40_000, 60_000, 80_000, 100_000] });
  expect(stepAxis([60_000, 100_000], 4)).toEqual({ low: 60_000, high: 100_000, ticks: [60_000, 70_000, 80_000, 90_000, 100_000] });
  expect(stepAxis([0, 0], 5).high).toBe(1);
});

test('any values lie on their axis, which has few ticks', () => {
  const finite = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }).map((thousandths) => thousandths / 1000);
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 2, max: 8 }), (a, b, count) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const axis = valueAxis([low, high], count);
      expect(axis.low).toBeLessThanOrEqual(low + 1e-6 * Math.abs(low));
      expect(axis.high).toBeGreaterThanOrEqual(high - 1e-6 * Math.abs(high));
      expect(axis.ticks.length).toBeLessThanOrEqual(count + 3);
    }),
  );
});
