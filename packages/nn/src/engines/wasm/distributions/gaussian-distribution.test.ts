import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { gaussianEntropy, gaussianLogProb } from '../../../../fixtures/judge.js';
import { identityNetwork, identityOf } from '../../../../fixtures/networks.js';
import { normals, relativeError } from '../../../../fixtures/numbers.js';

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

describe('log σ from a head', () => {
  const spec = { kind: 'diagonalGaussian', head: 'y', logStdHead: 'logStd' } as const;

  test('each row has its own, with the bits of a vector of the same numbers', () => {
    const [rows, size] = [6, 3];
    const rng = Rng.fromSeed(8);
    const [means, actions] = [normals(rng, rows * size), normals(rng, rows * size)];
    const network = identityOf(spec, size, rows);
    network.input.set(means);
    network.forward(0, rows);
    const logStd = network.output('logStd');
    logStd.set(normals(rng, rows * size));
    network.distribution.actions.set(actions);
    network.distribution.evaluate(0, rows);
    network.logProbGradients.fill(0.5);
    network.entropyGradients.fill(2);
    const before = logStd.slice();
    network.backward(rows);
    for (let row = 0; row < rows; row++) {
      const own = (values: ArrayLike<number>) => Array.from(values).slice(row * size, (row + 1) * size);
      const { network: single } = withMeans(own(before), own(means));
      single.distribution.actions.set(own(actions));
      single.distribution.evaluate(0, 1);
      single.logProbGradients.fill(0.5);
      single.entropyGradients.fill(2);
      single.backward(1);
      expect(network.distribution.logProbs[row]).toBe(single.distribution.logProbs[0]);
      expect(network.distribution.entropies[row]).toBe(single.distribution.entropies[0]);
      expect(own(network.outputGradient('logStd'))).toEqual([...single.gradients.at(-1)!.values]);
      expect(own(network.outputGradient('y'))).toEqual([...single.outputGradient('y')]);
    }
  });

  test('is clamped to a range, outside of which it has no gradient', () => {
    const network = identityOf({ ...spec, logStdRange: { low: -1, high: 1 } }, 1, 5);
    network.forward(0, 5);
    network.output('logStd').set([-50, -1, 0, 1, 50]);
    network.distribution.actions.set([1, 1, 1, 1, 1]);
    network.distribution.evaluate(0, 5);
    const expected = [-1, -1, 0, 1, 1].map((value) => gaussianLogProb([0], [value], [1]));
    expect(relativeError(network.distribution.logProbs, expected)).toBeLessThan(1e-6);
    network.logProbGradients.fill(1);
    network.backward(5);
    const slope = (value: number) => Math.exp(-2 * value) - 1;
    const gradients = [...network.outputGradient('logStd')];
    expect([gradients[0], gradients[4]]).toEqual([0, 0]);
    expect(relativeError(gradients.slice(1, 4), [slope(-1), 0, slope(1)])).toBeLessThan(1e-6);
  });

  test('a NaN is not clamped away: its gradient is found', () => {
    const network = identityOf({ ...spec, logStdRange: { low: -20, high: 2 } }, 1, 1);
    network.parameters.find(({ name }) => name === 'heads.logStd.0.bias')!.values.fill(Number.NaN);
    network.forward(0, 1);
    expect(() => network.distribution.sample(0, 1, Rng.fromSeed(0))).toThrow('NaN or infinity in the parameter heads.logStd.0.bias');
    network.distribution.evaluate(0, 1);
    network.logProbGradients.fill(1);
    network.backward(1);
    expect(() => network.gradientNorm()).toThrow('NaN or infinity in the parameter heads.logStd.0.bias');
  });
});

test.each([-20, -10, 2, 20])('log σ = %d gives finite and right densities and gradients', (value) => {
  const { network, distribution } = withMeans([value], [0, 1, -3]);
  const deviation = Math.exp(value);
  distribution.actions.set([0.5 * deviation, 1 + 2 * deviation, -3 - 4 * deviation]);
  distribution.evaluate(0, 3);
  const logStd = network.parameters.at(-1)!.values;
  const expected = [0, 1, -3].map((mean, i) => gaussianLogProb([mean], logStd, [distribution.actions[i]!]));
  expect(relativeError(distribution.logProbs, expected)).toBeLessThan(1e-5);
  network.logProbGradients.fill(1);
  network.backward(3);
  const z = [0, 1, -3].map((mean, i) => (distribution.actions[i]! - mean) / deviation);
  expect(
    relativeError(
      network.outputGradient('y'),
      z.map((x) => x / deviation),
    ),
  ).toBeLessThan(1e-5);
  expect(relativeError(network.gradients.at(-1)!.values, [z.reduce((sum, x) => sum + x * x - 1, 0)])).toBeLessThan(1e-5);
});
