import { describe, expect, test } from 'vitest';
import { axis } from './axis.js';

const labels = (domain: readonly [number, number], count = 6, nice = false) =>
  axis({ kind: 'log', domain, range: [0, 100], count, nice }).ticks.map(({ label }) => label);

describe('a logarithmic axis', () => {
  test('gives each power of ten the same length', () => {
    const { scale, ticks } = axis({ kind: 'log', domain: [1, 10_000], range: [0, 100], count: 5, nice: false });
    expect([1, 10, 100, 1000, 10_000].map(scale)).toEqual([0, 25, 50, 75, 100].map((at) => expect.closeTo(at, 9)));
    expect(ticks.map(({ label }) => label)).toEqual(['1', '10', '100', '1k', '10k']);
  });

  test('divides a short one by 1, 2 and 5, the shortest evenly, and a long one by every other power', () => {
    expect(labels([1, 100])).toEqual(['1', '2', '5', '10', '20', '50', '100']);
    expect(labels([30, 45])).toEqual(['30', '32', '34', '36', '38', '40', '42', '44']);
    expect(labels([1e-6, 1e6], 6)).toEqual(['0.000001', '0.0001', '0.01', '1', '100', '10k', '1M']);
  });

  test('ends at powers of ten when it may', () => {
    expect(labels([3, 700], 6, true)).toEqual(['1', '2', '5', '10', '20', '50', '100', '200', '500', '1000']);
  });
});
