import { describe, expect, test } from 'vitest';
import { downsample } from './downsample.js';

const curve = (length: number, y: (at: number) => number) => Array.from({ length }, (_, at) => ({ x: at, y: y(at) }));

describe('downsample', () => {
  test('leaves a thousand points as they are', () => {
    const points = curve(1000, (at) => at);
    expect(downsample(points)).toBe(points);
  });

  test('keeps at most 1002 points, in order, with the first, the last and every peak', () => {
    const points = curve(100_000, (at) => (at === 31_415 ? 1000 : at === 27_182 ? -1000 : at % 7));
    const kept = downsample(points);
    expect(kept.length).toBeLessThanOrEqual(1002);
    expect(kept).toEqual([...kept].sort((a, b) => a.x - b.x));
    for (const at of [0, 27_182, 31_415, 99_999]) expect(kept).toContain(points[at]);
  });

  test('keeps a long gap as a gap', () => {
    const kept = downsample(curve(10_000, (at) => (at >= 4000 && at < 6000 ? Number.NaN : at)));
    const gap = kept.filter(({ y }) => Number.isNaN(y));
    expect(gap).toHaveLength(100);
    expect(gap[0]!.x).toBe(4000);
  });
});
