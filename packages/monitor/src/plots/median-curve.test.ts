import { describe, expect, test } from 'vitest';
import { medianCurve } from './median-curve.js';

const run = (...pairs: [number, number][]) => pairs.map(([x, y]) => ({ x, y }));

describe('medianCurve', () => {
  test('is the median of the runs, and the band their range', () => {
    const { label, points, band } = medianCurve('A2C', [run([0, 0], [10, 10]), run([0, 1], [10, 30]), run([0, 5], [10, 20])], { noun: 'seeds' });
    expect(label).toBe('A2C');
    expect(points).toEqual(run([0, 1], [10, 20]));
    expect(band).toEqual({
      runs: 3,
      label: 'seeds, from the lowest to the highest',
      points: [
        { x: 0, low: 0, high: 5 },
        { x: 10, low: 10, high: 30 },
      ],
    });
  });

  test('quartiles are those of NumPy', () => {
    // numpy.percentile([3, 1, 4, 1, 5, 9], [25, 50, 75]) is [1.5, 3.5, 4.75].
    const { points, band } = medianCurve(
      'a',
      [3, 1, 4, 1, 5, 9].map((y) => run([7, y])),
      { band: 'quartiles' },
    );
    expect(points).toEqual(run([7, 3.5]));
    expect(band!.points).toEqual([{ x: 7, low: 1.5, high: 4.75 }]);
    expect(band!.label).toBe('runs, from the lower to the upper quartile');
  });

  test('joins the points of runs that report at other steps, where all have begun and none has ended', () => {
    const { points } = medianCurve('a', [run([0, 0], [10, 10], [20, 20]), run([5, 100], [15, 200], [25, 300])]);
    expect(points).toEqual(run([5, 52.5], [10, 80], [15, 107.5], [20, 135]));
  });

  test('a run that has reached its goal can keep its last value', () => {
    const runs = [run([0, 0], [10, 21]), run([0, 0], [30, 15])];
    expect(medianCurve('a', runs).points.at(-1)).toEqual({ x: 10, y: 13 });
    expect(medianCurve('a', runs, { ended: 'hold' }).points).toEqual(run([0, 0], [10, 13], [30, 18]));
  });

  test('says what became of runs that are much shorter than others, and nothing of a few steps', () => {
    const runs = [run([0, 0], [10, 21]), run([0, 0], [30, 15])];
    expect(medianCurve('a', runs).band!.label).toBe('runs, from the lowest to the highest, until the first has ended');
    expect(medianCurve('a', runs, { ended: 'hold' }).band!.label).toBe('runs, from the lowest to the highest; those that have ended keep their last value');
    expect(medianCurve('a', [run([0, 0], [990, 1]), run([0, 0], [1000, 1])]).band!.label).toBe('runs, from the lowest to the highest');
  });

  test('skips gaps, and runs without a point; a single run has no band', () => {
    const runs = [run([0, Number.NaN], [5, 1], [10, 2]), run([0, Number.NaN]), []];
    expect(medianCurve('a', runs)).toEqual({ label: 'a', points: run([5, 1], [10, 2]) });
    expect(medianCurve('a', [])).toEqual({ label: 'a', points: [] });
  });

  test('has at most 1000 places, the first and the last among them', () => {
    const long = Array.from({ length: 5000 }, (_, x) => ({ x, y: x }));
    const { points } = medianCurve('a', [long, long]);
    expect(points).toHaveLength(1000);
    expect([points[0], points[999]]).toEqual([long[0], long[4999]]);
  });
});
