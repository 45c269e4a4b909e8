import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { judge, logSechSquared } from '../../../../fixtures/judge.js';
import { constantRng, identityOf } from '../../../../fixtures/networks.js';
import { normals, relativeError } from '../../../../fixtures/numbers.js';
import type { DistributionSpec } from '../../distribution-spec.js';

const bounds = { low: [-1, 2], high: [1, 10] };
const spec: DistributionSpec = { kind: 'diagonalGaussian', head: 'y', logStdHead: 'logStd', squash: bounds };

/** A squashed network whose means and log σ [rows, 2] are put behind the forward pass. */
function withParameters(means: ArrayLike<number>, logStd: ArrayLike<number>) {
  const rows = means.length / 2;
  const network = identityOf(spec, 2, rows);
  network.forward(0, rows);
  network.output('y').set(means);
  network.output('logStd').set(logStd);
  return { network, rows, distribution: network.distribution };
}

/** What the definition gives for the latents that are there. */
function expected(means: ArrayLike<number>, logStd: ArrayLike<number>, latents: ArrayLike<number>) {
  const outputs = new Map([
    ['y', Float64Array.from(means)],
    ['logStd', Float64Array.from(logStd)],
  ]);
  return judge({ distribution: spec, rows: means.length / 2, actions: latents }, outputs, new Map());
}

const squash = (u: number, j: number) => bounds.low[j]! + ((Math.tanh(u) + 1) / 2) * (bounds.high[j]! - bounds.low[j]!);

describe('sampling', () => {
  test('squashes mean + σ·noise, and keeps it', () => {
    const { distribution } = withParameters([0.5, -1, 2, 0], [0, Math.log(0.5), -1, 1]);
    distribution.sample(0, 2, Rng.fromSeed(4));
    const rng = Rng.fromSeed(4);
    const latents = [0.5 + rng.normal(), -1 + 0.5 * rng.normal(), 2 + Math.exp(-1) * rng.normal(), Math.E * rng.normal()];
    expect(relativeError(distribution.latents, latents)).toBeLessThan(1e-6);
    expect(
      relativeError(
        distribution.actions,
        latents.map((u, i) => squash(u, i % 2)),
      ),
    ).toBeLessThan(1e-6);
  });

  test.each([0, 1])('log-probabilities are those of a density: ∫π = 1 and mean(1/π) is the volume, seed %d', (seed) => {
    // E[1/π(a)] over a ~ π is the volume of the support, 2·8, when the density is the right one
    const rows = 40_000;
    const repeat = (values: number[]) => Array.from({ length: rows }, () => values).flat();
    const { distribution } = withParameters(repeat([0.3, -0.2]), repeat([0.2, 0.1]));
    distribution.sample(0, rows, Rng.fromSeed(seed));
    const inverse = Array.from(distribution.logProbs, (logProb) => Math.exp(-logProb));
    const mean = inverse.reduce((sum, x) => sum + x, 0) / rows;
    const deviation = Math.sqrt(inverse.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows);
    expect(Math.abs(mean - 16)).toBeLessThan((5 * deviation) / Math.sqrt(rows));
  });

  test.each([0, 1])('the mean of the entropies is that of −log π, seed %d', (seed) => {
    const rows = 40_000;
    const repeat = (values: number[]) => Array.from({ length: rows }, () => values).flat();
    const { distribution } = withParameters(repeat([0.8, -0.4]), repeat([-0.3, 0.4]));
    distribution.sample(0, rows, Rng.fromSeed(seed));
    // two estimates of H from the same draws: their difference is Σ(½z² − ½), of variance 2·½
    const difference = distribution.entropies.reduce((sum, entropy, row) => sum + entropy + distribution.logProbs[row]!, 0) / rows;
    expect(Math.abs(difference)).toBeLessThan(5 / Math.sqrt(rows));
    // and the mean itself, by summing −π log π over a grid of each dimension
    const exact = [0.8, -0.4].reduce((sum, mean, j) => {
      const sigma = Math.exp([-0.3, 0.4][j]!);
      let entropy = Math.log(sigma) + 0.5 * Math.log(2 * Math.PI * Math.E) + Math.log((bounds.high[j]! - bounds.low[j]!) / 2);
      for (let k = -800; k <= 800; k++) entropy += (0.01 * Math.exp(-0.5 * (k / 100) ** 2) * logSechSquared(mean + (sigma * k) / 100)) / Math.sqrt(2 * Math.PI);
      return sum + entropy;
    }, 0);
    const mean = distribution.entropies.reduce((sum, entropy) => sum + entropy, 0) / rows;
    expect(Math.abs(mean - exact)).toBeLessThan(5 * (2 / Math.sqrt(rows)));
  });

  test('and evaluating agree to the last bit: the latents are read, not the actions', () => {
    const rng = Rng.fromSeed(1);
    const { distribution, rows } = withParameters(normals(rng, 34, 3), normals(rng, 34));
    distribution.sample(0, rows, rng);
    const [logProbs, entropies] = [distribution.logProbs.slice(), distribution.entropies.slice()];
    distribution.actions.fill(Number.NaN);
    distribution.evaluate(0, rows);
    expect([distribution.logProbs, distribution.entropies]).toEqual([logProbs, entropies]);
  });
});

test('the mode is the squashed mean', () => {
  const { distribution } = withParameters([0, 0.5, -100, 100], [1, 1, 1, 1]);
  distribution.mode(0, 2);
  expect(distribution.actions[0]).toBe(0);
  expect(distribution.actions[1]).toBeCloseTo(squash(0.5, 1), 5);
  expect([...distribution.actions.subarray(2)]).toEqual([-1, 10]);
  expect([...distribution.latents]).toEqual([0, 0.5, -100, 100]);
});

test('rounding never leaves the bounds', () => {
  const odd: DistributionSpec = { ...spec, squash: { low: [-0.1, 0.3], high: [0.7, 0.30000004] } };
  const rows = 4000;
  const network = identityOf(odd, 2, rows);
  network.forward(0, rows);
  network.output('y').set(normals(Rng.fromSeed(1), rows * 2, 12));
  network.distribution.mode(0, rows);
  const [low, high] = [Float32Array.from(odd.squash!.low), Float32Array.from(odd.squash!.high)];
  expect(network.distribution.actions.every((action, i) => action >= low[i % 2]! && action <= high[i % 2]!)).toBe(true);
});

test('densities and entropies equal the definition', () => {
  const rng = Rng.fromSeed(5);
  const [means, logStd] = [normals(rng, 40, 2), normals(rng, 40)];
  const { distribution } = withParameters(means, logStd);
  distribution.latents.set(normals(rng, 40, 3));
  distribution.evaluate(0, 20);
  const { logProbs, entropies } = expected(means, logStd, distribution.latents);
  expect(relativeError(distribution.logProbs, logProbs)).toBeLessThan(1e-6);
  expect(relativeError(distribution.entropies, entropies)).toBeLessThan(1e-6);
});

describe('extremes are finite and right', () => {
  test.each([-20, -10, 0, 2, 20])('log σ = %d', (value) => {
    const means = [0.5, -3, 100, -100, 0, 1e4];
    const logStd = means.map(() => value);
    const { network, distribution, rows } = withParameters(means, logStd);
    for (const noise of [0, 1, -4]) {
      distribution.sample(0, rows, constantRng(0, noise));
      const { logProbs, entropies } = expected(means, logStd, distribution.latents);
      expect(relativeError(distribution.logProbs, logProbs)).toBeLessThan(1e-5);
      expect(relativeError(distribution.entropies, entropies)).toBeLessThan(1e-5);
      network.logProbGradients.fill(1);
      network.entropyGradients.fill(0.1);
      network.backward(rows);
      const deviation = Math.exp(value);
      const z = Array.from(distribution.latents, (u, i) => (u - means[i]!) / deviation);
      const slopes = Array.from(distribution.latents, (u) => -0.2 * Math.tanh(u));
      const toMean = z.map((x, i) => x / deviation + slopes[i]!);
      const toLogStd = z.map((x, i) => x * x - 1 + 0.1 + slopes[i]! * (distribution.latents[i]! - means[i]!));
      expect(relativeError(network.outputGradient('y'), toMean)).toBeLessThan(1e-5);
      expect(relativeError(network.outputGradient('logStd'), toLogStd)).toBeLessThan(1e-5);
    }
  });

  test.each([0, 1e-8, 1e-3, 9, 20, 100, 1e4, 1e8])('|u| = %d', (size) => {
    const means = [0, 0, size, -size];
    const { distribution } = withParameters(means, [0, 0, 0, 0]);
    distribution.latents.set([size, -size, size, -size]);
    distribution.evaluate(0, 2);
    const { logProbs, entropies } = expected(means, [0, 0, 0, 0], distribution.latents);
    for (let row = 0; row < 2; row++) {
      expect(distribution.logProbs[row]! / logProbs[row]!).toBeCloseTo(1, 6);
      expect(distribution.entropies[row]! / entropies[row]!).toBeCloseTo(1, 6);
    }
  });
});
