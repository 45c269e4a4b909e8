import { InvalidShapeError, Rng } from '@pg/core';
import { expect, test } from 'vitest';
import { normals } from '../../../../fixtures/numbers.js';
import { conv2d } from '../../../network/conv2d.js';
import { flatten } from '../../../network/flatten.js';
import { dense } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { copyTensors, initialParameters } from '../../../network/parameters.js';
import { wasmEngine } from '../wasm-engine.js';

const INPUTS = 80;
const network: Network = { inputShape: [INPUTS], trunk: [], heads: { logits: [dense(5)], value: [dense(1)] } };

function compile(from: Network, rows: number) {
  const compiled = wasmEngine().compile(from, { rows, distribution: { kind: 'categorical', head: 'logits' } });
  copyTensors(initialParameters(from, Rng.fromSeed(1)), compiled.parameters);
  return compiled;
}

test('a row that is given as a list counts as that, whatever the inputs are', () => {
  const [whole, lists] = [compile(network, 3), compile(network, 3)];
  const { capacity, given, counts, indices, values } = lists.sparseInput!;
  expect([capacity, given.length, counts.length, indices.length, values.length]).toEqual([10, 3, 3, 60, 60]);
  whole.input.set([1.5, -2], 0);
  whole.input.set([3], 2 * INPUTS + 79);
  lists.input.set(normals(Rng.fromSeed(2), INPUTS * 3));
  lists.input.fill(0, INPUTS, 2 * INPUTS);
  given.set([1, 0, 1]);
  counts.set([2, 99, 1]);
  for (const [pair, [index, value]] of [[0, 1.5] as const, [1, -2] as const].entries()) {
    indices[2 * pair] = index;
    values[2 * pair + 1] = value;
  }
  indices[2 * 2 * capacity] = 79;
  values[2 * 2 * capacity + 1] = 3;
  for (const compiled of [whole, lists]) compiled.forward(0, 3);
  for (const head of ['logits', 'value']) expect(lists.output(head)).toEqual(whole.output(head));
});

test.each([
  ['too many entries', 11, [0, 1]],
  ['fewer than none', -1, [0, 1]],
  ['a place twice', 2, [4, 4]],
  ['places that fall', 2, [4, 3]],
  ['a place behind the row', 2, [4, INPUTS]],
  ['a place before the row', 1, [-1]],
])('refuses %s', (_, count, places) => {
  const compiled = compile(network, 3);
  const { given, counts, indices, capacity } = compiled.sparseInput!;
  given[1] = 1;
  counts[1] = count;
  places.forEach((place, i) => {
    indices[2 * (capacity + i)] = place;
  });
  expect(() => compiled.forward(0, 3)).toThrow(InvalidShapeError);
  expect(() => compiled.forward(1, 1)).toThrow('forward: got a list of the inputs of row 1 that is none; expected at most 10 entries');
  compiled.forward(2, 1);
  given[1] = 0;
  compiled.forward(0, 3);
});

test('networks that read all inputs take no lists, and none do after dispose', () => {
  expect(compile({ ...network, inputShape: [63] }, 1).sparseInput).toBeUndefined();
  const filters = [conv2d({ filters: 2, kernel: 3 }), flatten()];
  expect(compile({ inputShape: [10, 10, 1], trunk: filters, heads: { logits: [dense(2)] } }, 1).sparseInput).toBeUndefined();
  expect(compile({ ...network, input: { dtype: 'uint8', scale: 1 } }, 1).sparseInput).toBeUndefined();
  const disposed = compile(network, 1);
  disposed.dispose();
  expect(disposed.sparseInput).toBeUndefined();
});
