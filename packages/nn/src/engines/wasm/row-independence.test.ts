import { Rng } from '@pg/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlines, randomNetwork } from '../../../fixtures/networks.js';
import type { TrainableNetwork } from '../engine.js';

/** Everything that rows give, by name. */
function results(network: TrainableNetwork) {
  const { actions, latents, logProbs, entropies } = network.distribution;
  return { policy: network.output('policy'), value: network.output('value'), actions, latents, logProbs, entropies };
}

test('rows give the same bits one by one and together', () => {
  fc.assert(
    fc.property(outlines, fc.integer({ min: 1, max: 40 }), fc.nat(), (outline, rows, seed) => {
      const together = randomNetwork(outline, { rows, seed });
      together.forward(0, rows);
      together.distribution.sample(0, rows, Rng.fromSeed(seed));
      const apart = randomNetwork(outline, { rows, seed });
      const rng = Rng.fromSeed(seed);
      for (let row = 0; row < rows; row++) {
        apart.forward(row, 1);
        apart.distribution.sample(row, 1, rng);
      }
      expect(results(apart)).toEqual(results(together));
      for (const network of [together, apart]) network.distribution.logProbs.fill(0);
      together.distribution.evaluate(0, rows);
      for (let row = rows - 1; row >= 0; row--) apart.distribution.evaluate(row, 1);
      expect(results(apart)).toEqual(results(together));
      together.distribution.mode(0, rows);
      for (let row = 0; row < rows; row++) apart.distribution.mode(row, 1);
      expect(results(apart)).toEqual(results(together));
    }),
  );
});

test('a forward pass touches no other rows', () => {
  fc.assert(
    fc.property(outlines, fc.nat(), (outline, seed) => {
      const network = randomNetwork(outline, { rows: 12, seed });
      const all = Object.values(results(network));
      for (const values of all) values.fill(99);
      network.forward(3, 5);
      network.distribution.sample(3, 5, Rng.fromSeed(seed));
      for (const values of all) {
        const size = values.length / 12;
        for (const outside of [values.subarray(0, 3 * size), values.subarray(8 * size)]) expect(outside.every((value) => value === 99)).toBe(true);
      }
    }),
  );
});

test('two compilations of one network do not share memory', () => {
  const outline = { kind: 'categorical', inputs: 2, trunk: [], valueHidden: [], actions: 2, activation: 'tanh', bias: true, wrapped: false } as const;
  const [a, b] = [randomNetwork(outline, { rows: 1, seed: 1 }), randomNetwork(outline, { rows: 1, seed: 1 })];
  a.parameters[0]!.values.fill(5);
  expect(b.parameters[0]!.values).not.toEqual(a.parameters[0]!.values);
});
