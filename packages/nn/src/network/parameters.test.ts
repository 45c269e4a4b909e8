import { InvalidShapeError, Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { constant } from '../initializers/constant.js';
import { scaledNormal } from '../initializers/scaled-normal.js';
import { dense, tanh } from './layer.js';
import type { Network } from './network.js';
import { copyTensors, headSize, initialParameters, type NamedTensor, parameterSpecs } from './parameters.js';

const network: Network = {
  inputShape: [2, 3],
  trunk: [dense(4), tanh(), dense(5, { bias: false })],
  heads: { logits: [dense(2, { weightInit: scaledNormal() })], value: [tanh(), dense(7), tanh(), dense(1)], features: [tanh()] },
  vectors: { logStd: { size: 3, init: constant(-1) } },
};

describe('parameterSpecs', () => {
  test('follows the layers: trunk, heads, vectors', () => {
    expect(parameterSpecs(network).map(({ name, shape }) => [name, ...shape])).toEqual([
      ['trunk.0.weight', 6, 4],
      ['trunk.0.bias', 4],
      ['trunk.2.weight', 4, 5],
      ['heads.logits.0.weight', 5, 2],
      ['heads.logits.0.bias', 2],
      ['heads.value.1.weight', 5, 7],
      ['heads.value.1.bias', 7],
      ['heads.value.3.weight', 7, 1],
      ['heads.value.3.bias', 1],
      ['logStd', 3],
    ]);
  });

  test('an empty trunk leaves the input; an empty shape is one number', () => {
    const linear: Network = { inputShape: [], trunk: [], heads: { y: [dense(2)] } };
    expect(parameterSpecs(linear).map(({ name, shape }) => [name, ...shape])).toEqual([
      ['heads.y.0.weight', 1, 2],
      ['heads.y.0.bias', 2],
    ]);
  });
});

test('headSize', () => {
  expect(['logits', 'value', 'features'].map((head) => headSize(network, head))).toEqual([2, 1, 5]);
});

describe('initialParameters', () => {
  const values = (of: Network, seed: number, name: string) => initialParameters(of, Rng.fromSeed(seed)).find((tensor) => tensor.name === name)?.values;

  test('have the names, shapes and sizes of the specs', () => {
    const tensors = initialParameters(network, Rng.fromSeed(0));
    expect(tensors.map(({ name, shape }) => ({ name, shape }))).toEqual(parameterSpecs(network).map(({ name, shape }) => ({ name, shape })));
    expect(tensors.map((tensor) => tensor.values.length)).toEqual([24, 4, 20, 10, 2, 35, 7, 7, 1, 3]);
    expect(values(network, 0, 'logStd')).toEqual(new Float32Array([-1, -1, -1]));
    expect(values(network, 0, 'trunk.0.bias')).toEqual(new Float32Array(4));
  });

  test('depend on the seed and on their own name only', () => {
    expect(values(network, 1, 'trunk.0.weight')).toEqual(values(network, 1, 'trunk.0.weight'));
    expect(values(network, 1, 'trunk.0.weight')).not.toEqual(values(network, 2, 'trunk.0.weight'));
    // another head more or less changes nothing elsewhere
    const { logits } = network.heads;
    expect(values({ ...network, heads: { logits: logits! } }, 1, 'heads.logits.0.weight')).toEqual(values(network, 1, 'heads.logits.0.weight'));
    // two heads of one shape get different numbers
    const twins: Network = { inputShape: [3], trunk: [], heads: { a: [dense(3)], b: [dense(3)] } };
    expect(values(twins, 1, 'heads.a.0.weight')).not.toEqual(values(twins, 1, 'heads.b.0.weight'));
  });
});

test.each<[unknown, string]>([
  [async () => new Float32Array(4), 'an instance of Promise'],
  [() => [0, 0, 0, 0], '[0, 0, 0, 0]'],
  [() => new Float32Array(3), 'Float32Array[0, 0, 0]'],
])('an initialiser gives as many numbers as there are, at once: %o', (weightInit, got) => {
  const wrong: Network = { inputShape: [2], trunk: [], heads: { y: [dense(2, { weightInit: weightInit as never })] } };
  expect(() => initialParameters(wrong, Rng.fromSeed(0))).toThrow(
    `initialParameters: got ${got} from the initialiser of heads.y.0.weight; expected a Float32Array of 4 numbers, at once.`,
  );
});

describe('copyTensors', () => {
  const tensor = (name: string, shape: readonly number[], value: number, length = shape.reduce((a, b) => a * b, 1)): NamedTensor => ({
    name,
    shape,
    values: new Float32Array(length).fill(value),
  });

  test('copies by name, in any order', () => {
    const to = [tensor('a', [2], 0), tensor('b', [1, 2], 0)];
    copyTensors([tensor('b', [1, 2], 2), tensor('a', [2], 1)], to);
    expect(to.map(({ values }) => [...values])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test.each([
    ['misses one', [tensor('a', [2], 1)], 'copyTensors: got no b; expected b of shape [1, 2]. Use tensors of the same network.'],
    ['has another shape', [tensor('a', [2], 1), tensor('b', [2, 1], 1)], 'copyTensors: got b of shape [2, 1]; expected b of shape [1, 2].'],
    ['has too few numbers', [tensor('a', [2], 1), tensor('b', [1, 2], 1, 1)], 'copyTensors: got b of shape [1, 2]; expected b of shape [1, 2].'],
    ['has one more', [tensor('a', [2], 1), tensor('b', [1, 2], 1), tensor('c', [1], 1)], 'copyTensors: got the unknown c; expected a, b.'],
  ])('refuses a list that %s, and copies nothing', (_, from, message) => {
    const to = [tensor('a', [2], 0), tensor('b', [1, 2], 0)];
    expect(() => copyTensors(from, to)).toThrow(InvalidShapeError);
    expect(() => copyTensors(from, to)).toThrow(message);
    expect(to.flatMap(({ values }) => [...values])).toEqual([0, 0, 0, 0]);
  });
});
