import { describe, expect, test } from 'vitest';
import { extent, returnDomain, stepDomain } from './domains.js';

const points = (...pairs: [number, number][]) => pairs.map(([x, y]) => ({ x, y }));

test('extent skips what is not finite', () => {
  expect(extent([3, Number.NaN, -1, Number.POSITIVE_INFINITY])).toEqual([-1, 3]);
  expect(extent([Number.NaN])).toBeUndefined();
});

describe('stepDomain', () => {
  test('begins at 0 for a run from its start, and for a single point', () => {
    expect(stepDomain(points([500, 1], [10_000, 2]))).toEqual([0, 10_000]);
    expect(stepDomain(points([5000, 1]))).toEqual([0, 5000]);
    expect(stepDomain(points([0, 1]))).toEqual([0, 1]);
  });

  test('begins with the data of a resumed run', () => {
    expect(stepDomain(points([1_000_000, 1], [1_200_000, 2]))).toEqual([1_000_000, 1_200_000]);
  });
});

describe('returnDomain', () => {
  test('covers the data and the reference line', () => {
    expect(returnDomain(points([0, -5], [1, 20]), undefined, 'linear')).toEqual([-5, 20]);
    expect(returnDomain(points([0, -5], [1, 20]), 195, 'linear')).toEqual([-5, 195]);
  });

  test('gives a constant return a tenth of room, and a constant zero one', () => {
    expect(returnDomain(points([0, -200], [1, -200]), undefined, 'linear')).toEqual([-220, -180]);
    expect(returnDomain(points([0, 0]), undefined, 'linear')).toEqual([-1, 1]);
    expect(returnDomain(points([0, 8]), undefined, 'log')).toEqual([4, 16]);
  });

  test('knows nothing without data', () => {
    expect(returnDomain(points([0, Number.NaN]), undefined, 'linear')).toBeUndefined();
  });
});
