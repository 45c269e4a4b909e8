import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { judge } from '../../../../fixtures/judge.js';
import { constantRng, identityNetwork } from '../../../../fixtures/networks.js';
import { misfit, normals, relativeError } from '../../../../fixtures/numbers.js';

/** A network that has run forward on logits [rows, bits]. */
function withLogits(bits: number, logits: ArrayLike<number>) {
  const rows = logits.length / bits;
  const network = identityNetwork('bernoulli', bits, rows);
  network.input.set(logits);
  network.forward(0, rows);
  return { network, rows, distribution: network.distribution };
}

/** What the definition gives for the actions that are there. */
function expected(bits: number, logits: ArrayLike<number>, actions: ArrayLike<number>) {
  const rows = logits.length / bits;
  return judge({ distribution: { kind: 'bernoulli', head: 'y' }, rows, actions }, new Map([['y', Float64Array.from(logits)]]), new Map());
}

describe('sampling', () => {
  test.each([0, 1, 2])('bits are independent and have their probabilities, seed %d', (seed) => {
    const rows = 40_000;
    const logits = [0.7, -1.3];
    const { distribution } = withLogits(2, Array.from({ length: rows }, () => logits).flat());
    distribution.sample(0, rows, Rng.fromSeed(seed));
    const [p, q] = logits.map((logit) => 1 / (1 + Math.exp(-logit))) as [number, number];
    const counts = [0, 0, 0, 0];
    for (let row = 0; row < rows; row++) counts[2 * distribution.actions[2 * row]! + distribution.actions[2 * row + 1]!]! += 1;
    expect(Math.abs(misfit(counts, [(1 - p) * (1 - q), (1 - p) * q, p * (1 - q), p * q]))).toBeLessThan(5);
  });

  test('a bit is 1 where its uniform number lies below its probability', () => {
    const { distribution } = withLogits(4, [0, Math.log(3), -Math.log(3), 0.01]);
    const drawn = (uniform: number) => {
      distribution.sample(0, 1, constantRng(uniform));
      return [...distribution.actions];
    };
    expect([drawn(0.2), drawn(0.3), drawn(0.5), drawn(0.502), drawn(0.74), drawn(0.76)]).toEqual([
      [1, 1, 1, 1],
      [1, 1, 0, 1],
      [0, 1, 0, 1],
      [0, 1, 0, 1],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  test('and evaluating agree to the last bit', () => {
    const { distribution, rows } = withLogits(3, normals(Rng.fromSeed(1), 33, 3));
    distribution.sample(0, rows, Rng.fromSeed(2));
    const logProbs = distribution.logProbs.slice();
    distribution.evaluate(0, rows);
    expect(distribution.logProbs).toEqual(logProbs);
  });
});

test('the mode is 1 from a probability of one half on', () => {
  const { distribution } = withLogits(3, [0, -1e-30, 5, -5, 1e-30, -0]);
  distribution.mode(0, 2);
  expect([...distribution.actions]).toEqual([1, 0, 1, 0, 1, 1]);
});

test('log-probabilities and entropies equal the definition', () => {
  const rng = Rng.fromSeed(3);
  for (let bits = 1; bits <= 9; bits++) {
    const logits = normals(rng, bits * 7, 4);
    const { distribution } = withLogits(bits, logits);
    distribution.sample(0, 7, rng);
    distribution.evaluate(0, 7);
    const { logProbs, entropies } = expected(bits, logits, distribution.actions);
    expect(relativeError(distribution.logProbs, logProbs)).toBeLessThan(1e-6);
    expect(relativeError(distribution.entropies, entropies)).toBeLessThan(1e-6);
  }
});

test('a fair bit has log ½ and log 2', () => {
  const { distribution } = withLogits(1, [0]);
  distribution.evaluate(0, 1);
  expect(distribution.logProbs[0]).toBe(Math.fround(-Math.LN2));
  expect(distribution.entropies[0]).toBe(Math.fround(Math.LN2));
});

test.each([1e4, 1000, 100, 30, 17])('logits of ±%d: what is nearly certain, and what hardly ever happens', (size) => {
  const logits = [size, size, -size, -size];
  const { network, distribution } = withLogits(1, logits);
  distribution.actions.set([1, 0, 0, 1]);
  distribution.evaluate(0, 4);
  const { logProbs, entropies } = expected(1, logits, distribution.actions);
  for (let row = 0; row < 4; row++) {
    // each to its own size, down to where float32 ends
    expect(Math.abs(distribution.logProbs[row]! - logProbs[row]!)).toBeLessThanOrEqual(1e-6 * Math.abs(logProbs[row]!) + 2e-38);
    expect(Math.abs(distribution.entropies[row]! - entropies[row]!)).toBeLessThanOrEqual(3e-6 * entropies[row]! + 2e-38);
  }
  network.logProbGradients.fill(1);
  network.entropyGradients.fill(1);
  network.backward(4);
  const rest = Math.exp(-size) / (1 + Math.exp(-size));
  const slope = size * rest * (1 - rest);
  const gradients = [rest - slope, rest - 1 - slope, -rest + slope, 1 - rest + slope];
  expect(network.outputGradient('y').every(Number.isFinite)).toBe(true);
  expect(relativeError(network.outputGradient('y'), gradients)).toBeLessThan(1e-6);
  for (const uniform of [0, 0.5, 1 - 2 ** -24]) {
    distribution.sample(0, 4, constantRng(uniform));
    if (size > 110) expect([...distribution.actions]).toEqual([1, 1, 0, 0]);
  }
});
