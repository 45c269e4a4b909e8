import { InvalidActionError, NonFiniteError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { logSoftmax } from '../../../../fixtures/judge.js';
import { constantRng, identityNetwork, identityOf } from '../../../../fixtures/networks.js';
import { misfit, normals, relativeError } from '../../../../fixtures/numbers.js';

/** A masked network that has run forward on logits [rows, classes]. */
function masked(classes: number, logits: ArrayLike<number>, masks?: ArrayLike<number>) {
  const rows = logits.length / classes;
  const network = identityOf({ kind: 'categorical', head: 'y', masked: true }, classes, rows);
  network.input.set(logits);
  network.forward(0, rows);
  if (masks) network.distribution.masks.set(masks);
  return { network, rows, distribution: network.distribution };
}

describe('masks', () => {
  test('allow everything at first, and are not there unless asked for', () => {
    expect([...masked(3, new Float32Array(6)).distribution.masks]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(identityNetwork('categorical', 3, 2).distribution.masks).toHaveLength(0);
    expect(identityNetwork('bernoulli', 3, 2).distribution.masks).toHaveLength(0);
  });

  test('that allow everything change no bit', () => {
    const logits = normals(Rng.fromSeed(1), 7 * 50, 3);
    const [plain, open] = [identityNetwork('categorical', 7, 50), masked(7, logits).network];
    const results = [plain, open].map((network) => {
      network.input.set(logits);
      network.forward(0, 50);
      network.distribution.sample(0, 50, Rng.fromSeed(2));
      network.logProbGradients.set(normals(Rng.fromSeed(3), 50));
      network.entropyGradients.set(normals(Rng.fromSeed(4), 50));
      network.backward(50);
      const drawn = network.distribution.actions.slice();
      network.distribution.mode(0, 50);
      return [drawn, network.distribution.actions, network.distribution.logProbs, network.distribution.entropies, network.outputGradient('y')];
    });
    expect(results[1]).toEqual(results[0]);
  });

  test('are a softmax over what is allowed', () => {
    const logits = [1, -2, 0.5, 3, 0.25];
    const { distribution } = masked(5, logits, [1, 0, 1, 0, 1]);
    const logs = logSoftmax([1, 0.5, 0.25]);
    distribution.actions[0] = 2;
    distribution.evaluate(0, 1);
    expect(distribution.logProbs[0]).toBeCloseTo(logs[1]!, 6);
    expect(distribution.entropies[0]).toBeCloseTo(
      logs.reduce((sum, log) => sum - Math.exp(log) * log, 0),
      6,
    );
    distribution.actions[0] = 3;
    distribution.evaluate(0, 1);
    expect(distribution.logProbs[0]).toBe(-Infinity);
  });

  test.each([0, 1, 2])('what is allowed is drawn with its share, what is not never, seed %d', (seed) => {
    const rows = 30_000;
    const mask = [0, 1, 1, 0, 1, 0];
    const logits = [9, 0.5, -1, 2, 0, 30];
    const repeat = (values: number[]) => Array.from({ length: rows }, () => values).flat();
    const { distribution } = masked(6, repeat(logits), repeat(mask));
    distribution.sample(0, rows, Rng.fromSeed(seed));
    const counts = logits.map((_, k) => distribution.actions.filter((action) => action === k).length);
    expect([counts[0], counts[3], counts[5]]).toEqual([0, 0, 0]);
    expect(Math.abs(misfit([counts[1]!, counts[2]!, counts[4]!], logSoftmax([0.5, -1, 0]).map(Math.exp)))).toBeLessThan(5);
  });

  test.each([0, 2 ** -24, 0.5, 1 - 2 ** -24])('the only class that is left is drawn at %d, and is the mode, whatever its logit', (uniform) => {
    for (const logit of [-1e4, -100, 0, 1e4]) {
      for (let only = 0; only < 5; only++) {
        const logits = [0, 1e4, -1e4, 3, 4].with(only, logit);
        const { distribution } = masked(
          5,
          logits,
          logits.map((_, k) => (k === only ? 7 : 0)),
        );
        distribution.sample(0, 1, constantRng(uniform));
        expect([distribution.actions[0], distribution.logProbs[0], distribution.entropies[0]]).toEqual([only, 0, 0]);
        distribution.mode(0, 1);
        expect(distribution.actions[0]).toBe(only);
      }
    }
  });

  test('not even logits of NaN or infinity choose what is masked', () => {
    for (const logit of [Number.NaN, Infinity, -Infinity]) {
      const { network, distribution } = masked(4, new Float32Array(4), [0, 0, 1, 1]);
      network.output('y').fill(logit);
      expect(() => distribution.sample(0, 1, constantRng(0.7))).toThrow(NonFiniteError);
      expect(distribution.actions[0]).toBeGreaterThan(1);
      expect(distribution.actions[0]).toBeLessThan(4);
    }
  });

  test('the mode is the best of what is allowed', () => {
    const { distribution } = masked(4, [1, 2, 3, 4, 5, 5, 5, 6], [1, 1, 0, 0, 0, 1, 1, 0]);
    distribution.mode(0, 2);
    expect([...distribution.actions]).toEqual([1, 1]);
  });

  test('masked classes have no gradient, even that of a masked action', () => {
    const logits = [1, -2, 0.5, 3, 0, 0, 0, 0];
    const { network, distribution } = masked(4, logits, [1, 0, 1, 0, 0, 1, 1, 0]);
    distribution.actions.set([0, 3]);
    network.logProbGradients.set([2, 2]);
    network.entropyGradients.set([-1, -1]);
    network.backward(2);
    const gradients = [...network.outputGradient('y')];
    expect([gradients[1], gradients[3], gradients[4], gradients[7]]).toEqual([0, 0, 0, 0]);
    const p = logSoftmax([1, 0.5]).map(Math.exp) as [number, number];
    const entropy = -p[0] * Math.log(p[0]) - p[1] * Math.log(p[1]);
    const expected = p.map((share, k) => 2 * ((k === 0 ? 1 : 0) - share) + share * (Math.log(share) + entropy));
    expect(relativeError([gradients[0]!, gradients[2]!], expected)).toBeLessThan(1e-6);
  });
});

test('a row without an allowed class is named before anything is drawn', () => {
  const { distribution } = masked(3, new Float32Array(15), [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 1]);
  distribution.actions.fill(9);
  const rng = Rng.fromSeed(1);
  const uses: [string, () => void][] = [
    ['sample', () => distribution.sample(1, 4, rng)],
    ['mode', () => distribution.mode(1, 4)],
    ['evaluate', () => distribution.evaluate(1, 4)],
  ];
  for (const [name, use] of uses) {
    expect(use).toThrow(InvalidActionError);
    expect(use).toThrow(
      `${name}: got masks that allow none of the 3 classes in row 3; expected at least one class allowed in each row. Set the mask of an allowed class to 1`,
    );
  }
  expect([...distribution.actions]).toEqual([9, 9, 9, 9, 9]);
  expect(rng.uniform()).toBe(Rng.fromSeed(1).uniform());
  distribution.sample(1, 2, rng);
  expect([...distribution.actions]).toEqual([9, 0, 1, 9, 9]);
});
