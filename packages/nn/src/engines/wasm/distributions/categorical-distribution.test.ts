import { NonFiniteError, Rng } from '@pg/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSoftmax } from '../../../../fixtures/judge.js';
import { constantRng, identityNetwork } from '../../../../fixtures/networks.js';
import { misfit, normals, relativeError } from '../../../../fixtures/numbers.js';

/** The largest float32 below 1 that `fillUniform` gives. */
const LAST = 1 - 2 ** -24;

/** A network that has run forward on logits [rows, classes]. Infinite ones are put behind the product, where 0·∞ is no trouble. */
function withLogits(classes: number, logits: ArrayLike<number>) {
  const rows = logits.length / classes;
  const network = identityNetwork('categorical', classes, rows);
  network.forward(0, rows);
  network.output('y').set(logits);
  return { network, rows, distribution: network.distribution };
}

describe('sampling', () => {
  const logits = [0.3, -1.2, 2, 0.3, -4];
  const probabilities = logSoftmax(logits).map(Math.exp);

  test.each([0, 1, 2, 3, 4])('draws with the right probabilities, seed %d', (seed) => {
    const rows = 20_000;
    const { distribution } = withLogits(5, Array.from({ length: rows }, () => logits).flat());
    distribution.sample(0, rows, Rng.fromSeed(seed));
    const drawn = Array.from(distribution.actions);
    const counts = logits.map((_, k) => drawn.filter((action) => action === k).length);
    expect(Math.abs(misfit(counts, probabilities))).toBeLessThan(5);
  });

  test('inverts the cumulative distribution', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -20, max: 20, noNaN: true }), { minLength: 1, maxLength: 9 }),
        fc.integer({ min: 0, max: 2 ** 24 - 1 }),
        (values, index) => {
          const uniform = index / 2 ** 24;
          const { distribution } = withLogits(values.length, values);
          distribution.sample(0, 1, constantRng(uniform));
          const drawn = distribution.actions[0]!;
          const shares = logSoftmax(values).map(Math.exp);
          const below = shares.slice(0, drawn).reduce((sum, p) => sum + p, 0);
          expect(below).toBeLessThanOrEqual(uniform + 1e-6);
          expect(below + shares[drawn]!).toBeGreaterThan(uniform - 1e-6);
        },
      ),
    );
  });

  test.each([-Infinity, -1e9, -200])('never draws a class with the logit %d', (never) => {
    for (const rest of [[0], [0, 0], [3, -2, 7], [1e-3, 5, 1, 1, -9]]) {
      for (let at = 0; at <= rest.length; at++) {
        const values = rest.toSpliced(at, 0, never);
        const { distribution } = withLogits(values.length, values);
        for (const uniform of [0, 2 ** -24, 0.5, LAST]) {
          distribution.sample(0, 1, constantRng(uniform));
          expect(distribution.actions[0]).not.toBe(at);
          expect(distribution.actions[0]).toBeGreaterThanOrEqual(0);
          expect(distribution.actions[0]).toBeLessThan(values.length);
        }
      }
    }
  });

  test('stays in range at both ends of the uniform numbers, for sums of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: -15, max: 15, noNaN: true }), { minLength: 1, maxLength: 40 }), (values) => {
        const { distribution } = withLogits(values.length, values);
        distribution.sample(0, 1, constantRng(LAST));
        expect(distribution.actions[0]).toBeLessThan(values.length);
        distribution.sample(0, 1, constantRng(0));
        expect(distribution.actions[0]).toBe(0);
      }),
    );
  });

  test('is the same for the same stream, and uses one uniform number a row', () => {
    const { distribution, rows } = withLogits(3, normals(Rng.fromSeed(1), 21));
    distribution.sample(0, rows, Rng.fromSeed(5));
    const together = [...distribution.actions];
    const rng = Rng.fromSeed(5);
    for (let row = 0; row < rows; row++) distribution.sample(row, 1, rng);
    expect([...distribution.actions]).toEqual(together);
  });
});

describe('mode', () => {
  test.each([
    [[1, 3, 2], 1],
    [[3, 3, 3], 0],
    [[-1, 5, 5], 1],
    [[-Infinity, -Infinity, -2], 2],
    [[-Infinity, -Infinity, -Infinity], 0],
    [[4], 0],
  ])('of %j is class %d', (values, best) => {
    const { distribution } = withLogits(values.length, values);
    distribution.mode(0, 1);
    expect(distribution.actions[0]).toBe(best);
  });
});

describe('log-probabilities and entropies', () => {
  test('of equal logits are −log n and log n', () => {
    for (const [classes, logit] of [
      [1, 0],
      [2, 7],
      [3, -100],
      [18, 1e6],
    ] as const) {
      const { distribution } = withLogits(classes, new Array(classes).fill(logit));
      distribution.actions[0] = classes - 1;
      distribution.evaluate(0, 1);
      expect(distribution.logProbs[0]).toBeCloseTo(-Math.log(classes), 6);
      expect(distribution.entropies[0]).toBeCloseTo(Math.log(classes), 6);
    }
  });

  test('equal the closed forms, whatever is added to all logits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: -100, max: 100 }),
        fc.nat(),
        (values, shift, pick) => {
          const shifted = values.map((value) => Math.fround(value + shift));
          const { distribution } = withLogits(values.length, shifted);
          const logs = logSoftmax(shifted);
          distribution.actions[0] = pick % values.length;
          distribution.evaluate(0, 1);
          expect(Math.abs(distribution.logProbs[0]! - logs[pick % values.length]!)).toBeLessThan(1e-5);
          expect(Math.abs(distribution.entropies[0]! - logs.reduce((sum, log) => sum - Math.exp(log) * log, 0))).toBeLessThan(1e-5);
        },
      ),
    );
  });

  test('a class of probability 0 adds nothing to the entropy and has the gradient 0', () => {
    const { network, distribution } = withLogits(3, [2, -Infinity, 2]);
    distribution.actions[0] = 0;
    network.logProbGradients[0] = 1;
    network.entropyGradients[0] = 1;
    distribution.evaluate(0, 1);
    network.backward(1);
    expect(distribution.logProbs[0]).toBeCloseTo(-Math.LN2, 6);
    expect(distribution.entropies[0]).toBeCloseTo(Math.LN2, 6);
    expect(network.outputGradient('y')[1]).toBe(0);
    expect(network.outputGradient('y')[0]).toBeCloseTo(0.5, 6);
    expect(network.outputGradient('y')[2]).toBeCloseTo(-0.5, 6);
  });

  test('sampling and evaluating agree to the last bit', () => {
    const { distribution, rows } = withLogits(7, normals(Rng.fromSeed(3), 77, 3));
    distribution.sample(0, rows, Rng.fromSeed(1));
    const [logProbs, entropies] = [distribution.logProbs.slice(), distribution.entropies.slice()];
    distribution.evaluate(0, rows);
    expect(distribution.logProbs).toEqual(logProbs);
    expect(distribution.entropies).toEqual(entropies);
  });

  test('NaN shows', () => {
    const { distribution } = withLogits(3, [0, Number.NaN, 1]);
    distribution.evaluate(0, 1);
    expect(distribution.logProbs[0]).toBeNaN();
    expect(distribution.entropies[0]).toBeNaN();
    expect(() => distribution.sample(0, 1, constantRng(0.5))).toThrow(NonFiniteError);
    expect([0, 1, 2]).toContain(distribution.actions[0]);
  });
});

test('the expected gradient of log π is 0', () => {
  const values = [0.5, -1, 2, 0.1];
  const probabilities = logSoftmax(values).map(Math.exp);
  const { network, distribution } = withLogits(4, [...values, ...values, ...values, ...values]);
  network.entropyGradients.fill(0);
  for (let k = 0; k < 4; k++) {
    distribution.actions[k] = k;
    network.logProbGradients[k] = probabilities[k]!;
  }
  network.backward(4);
  const sums = values.map((_, j) => [0, 1, 2, 3].reduce((sum, row) => sum + network.outputGradient('y')[row * 4 + j]!, 0));
  expect(relativeError([...sums, 1], [0, 0, 0, 0, 1])).toBeLessThan(1e-6);
});

test('gradients of the logits are never subnormal, however certain the policy', () => {
  const gaps = Array.from({ length: 300 }, (_, i) => i / 2);
  const network = identityNetwork('categorical', 2, gaps.length);
  network.forward(0, gaps.length);
  network.output('y').set(gaps.flatMap((gap) => [gap, 0]));
  network.distribution.actions.fill(0);
  network.distribution.evaluate(0, gaps.length);
  network.logProbGradients.fill(-1 / 256);
  network.entropyGradients.fill(-0.01 / 256);
  network.backward(gaps.length);
  const found = [...network.outputGradient('y')];
  expect(found.filter((d) => d !== 0 && Math.abs(d) < 2 ** -100)).toEqual([]);
  // p = e^−gap falls below 2^−60 beyond a gap of 41.6, H = (gap + 1)·e^−gap beyond 45.4
  const last = (logit: number) => gaps.findLast((_, row) => found[2 * row + logit] !== 0);
  expect([last(0), last(1)]).toEqual([45, 41.5]);
});
