import { Rng } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionKinds, putActions } from '../../../fixtures/distributions.js';
import { clampTo, judge } from '../../../fixtures/judge.js';
import { fromOutline, type Outline, outlines, randomNetwork } from '../../../fixtures/networks.js';
import { normals, relativeError } from '../../../fixtures/numbers.js';
import { forward, type LinearLoss, type Numbers, slope } from '../../../fixtures/reference.js';
import type { TrainableNetwork } from '../engine.js';

/** Of float32 sums over hundreds of rows. */
const TOLERANCE = 1e-4;

/** Runs forward, evaluate and backward on random numbers; returns what the loss was made of. */
function runBackward(network: TrainableNetwork, outline: Outline, rows: number, seed: number): LinearLoss {
  const rng = Rng.fromSeed(seed).stream('loss');
  const { network: value, distribution } = fromOutline(outline);
  putActions(distribution, network.distribution, outline.actions, rng);
  const { actions, latents, masks } = network.distribution;
  network.logProbGradients.set(normals(rng, network.rows));
  network.entropyGradients.set(normals(rng, network.rows));
  network.outputGradient('value').set(normals(rng, network.rows));
  const { inputs } = outline;
  const input = Float64Array.from(network.input.subarray(0, rows * inputs));
  const loss: LinearLoss = {
    network: value,
    distribution,
    rows,
    input,
    actions: latents.length > 0 ? [...latents] : [...actions],
    masks: [...masks],
    ...(latents.length > 0 && { noise: noiseOf(outline, forward(value, inFloat64(network), input, rows), inFloat64(network), latents) }),
    logProbGradients: Float64Array.from(network.logProbGradients),
    entropyGradients: Float64Array.from(network.entropyGradients),
    outputGradients: new Map([['value', Float64Array.from(network.outputGradient('value'))]]),
  };
  network.forward(0, rows);
  network.distribution.evaluate(0, rows);
  network.backward(rows);
  return loss;
}

/** (u − μ)/σ of the first rows. */
function noiseOf(outline: Outline, outputs: Numbers, parameters: Numbers, latents: Float32Array): number[] {
  const { distribution } = fromOutline(outline);
  if (distribution.kind !== 'diagonalGaussian') return [];
  const raw = distribution.logStdHead === undefined ? parameters.get(distribution.logStd)! : outputs.get(distribution.logStdHead)!;
  const logStd = clampTo(distribution, [...raw]);
  return Array.from(outputs.get('policy')!, (mean, i) => (latents[i]! - mean) / Math.exp(logStd[i % logStd.length]!));
}

const inFloat64 = (network: TrainableNetwork) => new Map(network.parameters.map(({ name, values }) => [name, Float64Array.from(values)]));

/** Checks outputs, log-probabilities, entropies and the gradients of at most `most` elements of each parameter. */
function check(outline: Outline, rows: number, seed: number, most = Number.POSITIVE_INFINITY): void {
  const network = randomNetwork(outline, { rows: rows + 2, seed });
  const loss = runBackward(network, outline, rows, seed);
  const parameters = inFloat64(network);
  const outputs = forward(loss.network, parameters, loss.input, rows);
  for (const [name, values] of outputs) expect(relativeError(network.output(name).subarray(0, values.length), values)).toBeLessThan(TOLERANCE);
  const { logProbs, entropies } = judge(loss, outputs, parameters);
  expect(relativeError(network.distribution.logProbs.subarray(0, rows), [...logProbs, 1].slice(0, rows))).toBeLessThan(TOLERANCE);
  expect(relativeError(network.distribution.entropies.subarray(0, rows), entropies) * Math.max(...entropies.map(Math.abs))).toBeLessThan(TOLERANCE);

  const rng = Rng.fromSeed(seed).stream('elements');
  for (const { name, values } of network.gradients) {
    const numbers = parameters.get(name)!;
    const elements = values.length <= most ? [...values.keys()] : Array.from({ length: most }, () => rng.integer(values.length));
    const slopes = elements.map((i) => slope(loss, parameters, numbers, i));
    const found = elements.map((i) => values[i]!);
    expect(differs(found, slopes), name).toBeLessThan(TOLERANCE);
  }
}

/** The largest difference, as a share of the largest slope (or of 1, where all slopes are small sums of cancelling terms). */
function differs(found: readonly number[], slopes: readonly number[]): number {
  return Math.max(...found.map((value, i) => Math.abs(value - slopes[i]!))) / Math.max(1, ...slopes.map(Math.abs));
}

// The seed is fixed: with one of many, a relu's argument would lie within the step of its kink.
const fixed = { seed: 1, numRuns: 150 };

describe('gradients equal finite differences in float64', () => {
  test('networks of every form', () => {
    fc.assert(
      fc.property(outlines, fc.integer({ min: 1, max: 12 }), fc.nat(), (outline, rows, seed) => check(outline, rows, seed)),
      fixed,
    );
  });

  test.each(distributionKinds)('%s', (kind) => {
    fc.assert(
      fc.property(outlines, fc.integer({ min: 1, max: 12 }), fc.nat(), (outline, rows, seed) => check({ ...outline, kind, activation: 'tanh' }, rows, seed)),
      { seed: 1, numRuns: 30 },
    );
  });

  test.each([1, 2, 3, 4, 5, 255, 256, 257, 511, 512, 513, 600])('%d rows', (rows) => {
    const outline = { inputs: 7, trunk: [9, 6], valueHidden: [5], actions: 3, activation: 'tanh', bias: true, wrapped: true } as const;
    check({ ...outline, kind: 'categorical' }, rows, rows, 4);
    check({ ...outline, kind: 'diagonalGaussian', activation: 'relu' }, rows, rows, 4);
    check({ ...outline, kind: 'squashedLogStdHead' }, rows, rows, 4);
  });
});

test('only the first rows count, whatever is in the others', () => {
  const outline = { kind: 'categorical', inputs: 4, trunk: [8], valueHidden: [], actions: 2, activation: 'tanh', bias: true, wrapped: false } as const;
  const network = randomNetwork(outline, { rows: 300, seed: 1 });
  runBackward(network, outline, 258, 3);
  const gradients = network.gradients.map(({ values }) => values.slice());
  for (const buffer of [network.logProbGradients, network.entropyGradients, network.outputGradient('value')]) buffer.fill(Number.NaN, 258);
  network.input.fill(Number.NaN, 258 * 4);
  network.backward(258);
  expect(network.gradients.map(({ values }) => values)).toEqual(gradients);
});

test('gradients are set, not added to', () => {
  const outline = { kind: 'diagonalGaussian', inputs: 3, trunk: [5], valueHidden: [], actions: 2, activation: 'relu', bias: true, wrapped: false } as const;
  const network = randomNetwork(outline, { rows: 9, seed: 2 });
  runBackward(network, outline, 9, 4);
  const gradients = network.gradients.map(({ values }) => values.slice());
  network.backward(9);
  expect(network.gradients.map(({ values }) => values)).toEqual(gradients);
});
