import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { identityNetwork } from '../../../fixtures/networks.js';
import { normals, relativeError } from '../../../fixtures/numbers.js';
import { gaussianEntropy, gaussianLogProb } from '../../../fixtures/reference.js';

/** A network that has run forward on means [rows, size]. */
function withMeans(logStd: readonly number[], means: ArrayLike<number>) {
  const size = logStd.length;
  const rows = means.length / size;
  const network = identityNetwork('diagonalGaussian', size, rows);
  network.parameters.at(-1)!.values.set(logStd);
  network.input.set(means);
  network.forward(0, rows);
  return { network, rows, distribution: network.distribution };
}

describe('sampling', () => {
  test.each([0, 1, 2])('has the right mean, variance and correlation, seed %d', (seed) => {
    const rows = 40_000;
    const mean = [1, -2];
    const logStd = [0.5, -1];
    const { distribution } = withMeans(logStd, Array.from({ length: rows }, () => mean).flat());
    distribution.sample(0, rows, Rng.fromSeed(seed));
    const z = Array.from(distribution.actions, (action, i) => (action - mean[i % 2]!) / Math.exp(logStd[i % 2]!));
    for (const dimension of [0, 1]) {
      const column = z.filter((_, i) => i % 2 === dimension);
      // 5 standard errors; the variance of z² is 2
      expect(Math.abs(column.reduce((sum, x) => sum + x, 0) / rows)).toBeLessThan(5 / Math.sqrt(rows));
      expect(Math.abs(column.reduce((sum, x) => sum + x * x, 0) / rows - 1)).toBeLessThan(5 * Math.sqrt(2 / rows));
    }
    expect(Math.abs(z.reduce((sum, x, i) => (i % 2 === 0 ? sum + x * z[i + 1]! : sum), 0) / rows)).toBeLessThan(5 / Math.sqrt(rows));
  });

  test('is mean + σ·noise in the order of the stream', () => {
    const { distribution } = withMeans([Math.log(2), 0], [1, 10, 2, 20]);
    distribution.sample(0, 2, Rng.fromSeed(4));
    const rng = Rng.fromSeed(4);
    const expected = [1, 10, 2, 20].map((mean, i) => mean + (i % 2 === 0 ? 2 : 1) * rng.normal());
    expect(relativeError(distribution.actions, expected)).toBeLessThan(1e-6);
  });

  test('and evaluating agree to the last bit', () => {
    const { distribution, rows } = withMeans([0.1, -3, 2], normals(Rng.fromSeed(1), 33));
    distribution.sample(0, rows, Rng.fromSeed(2));
    const logProbs = distribution.logProbs.slice();
    distribution.evaluate(0, rows);
    expect(distribution.logProbs).toEqual(logProbs);
  });
});

test('the mode is the mean', () => {
  const { distribution } = withMeans([1, 2], [3, -4, 5, 6]);
  distribution.mode(1, 1);
  expect([...distribution.actions]).toEqual([0, 0, 5, 6]);
  distribution.mode(0, 2);
  expect([...distribution.actions]).toEqual([3, -4, 5, 6]);
});

test('log densities and entropies equal the closed forms', () => {
  const rng = Rng.fromSeed(1);
  for (let size = 1; size <= 9; size++) {
    const logStd = [...normals(rng, size)];
    const means = normals(rng, size * 5);
    const { distribution } = withMeans(logStd, means);
    distribution.actions.set(normals(rng, size * 5, 3));
    distribution.evaluate(0, 5);
    const rows = [0, 1, 2, 3, 4];
    const row = (values: ArrayLike<number>, i: number) => Array.from(values).slice(i * size, (i + 1) * size);
    expect(
      relativeError(
        distribution.logProbs,
        rows.map((i) => gaussianLogProb(row(means, i), logStd, row(distribution.actions, i))),
      ),
    ).toBeLessThan(1e-6);
    expect(
      relativeError(
        distribution.entropies,
        rows.map(() => gaussianEntropy(logStd)),
      ),
    ).toBeLessThan(1e-5);
  }
});

test('at the mean, the density of σ = 1 is 1/√2π and the entropy ½·log 2πe', () => {
  const { distribution } = withMeans([0], [7]);
  distribution.actions[0] = 7;
  distribution.evaluate(0, 1);
  expect(distribution.logProbs[0]).toBeCloseTo(-0.9189385332, 6);
  expect(distribution.entropies[0]).toBeCloseTo(1.4189385332, 6);
});
