import { DisposedError, InvalidOptionsError, InvalidShapeError, NonFiniteError, Rng } from '@pg/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { normals } from '../../../fixtures/numbers.js';
import { zeros } from '../../initializers/constant.js';
import { conv2d } from '../../network/conv2d.js';
import { dense, relu, tanh } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import { copyTensors, initialParameters } from '../../network/parameters.js';
import { adam } from '../../optimizers/adam.js';
import type { Optimizer } from '../../optimizers/optimizer.js';
import { sgd } from '../../optimizers/sgd.js';
import type { Engine, TrainableNetwork } from '../engine.js';
import { createSharedMemory } from '../wasm/memory/create-shared-memory.js';
import { wasmEngine } from '../wasm/wasm-engine.js';
import { type TfjsOptions, tfjs } from './tfjs.js';

const engine = await tfjs({ backend: 'cpu' });
const wasm = await tfjs({ backend: 'wasm' });

const network: Network = {
  inputShape: [2, 2],
  trunk: [dense(3), tanh()],
  heads: { logits: [dense(2)], value: [dense(1)] },
  vectors: { logStd: { size: 2, init: zeros() } },
};
const images: Network = { inputShape: [5, 5, 2], trunk: [conv2d({ filters: 3, kernel: 3, padding: 1 }), relu()], heads: { logits: [dense(2)] } };
const categorical = { kind: 'categorical', head: 'logits' } as const;

function forTraining({ of = network, on = engine as Engine, rows = 4, optimizer = sgd() as Optimizer } = {}): TrainableNetwork {
  const compiled = on.compileForTraining(of, { rows, distribution: categorical, optimizer });
  copyTensors(initialParameters(of, Rng.fromSeed(1)), compiled.parameters);
  compiled.input.set(normals(Rng.fromSeed(2), compiled.input.length));
  return compiled;
}

function update(compiled: TrainableNetwork, seed: number): void {
  compiled.forward(0, compiled.rows);
  compiled.distribution.sample(0, compiled.rows, Rng.fromSeed(seed));
  compiled.logProbGradients.fill(-0.1);
  compiled.backward(compiled.rows);
  compiled.gradientNorm();
  compiled.optimizerStep(0.01);
}

describe('compile', () => {
  test('gives buffers of the right sizes and says what computes', () => {
    const compiled = forTraining({ rows: 5 });
    expect([engine.name, engine.backend, engine.skipped]).toEqual(['tfjs', 'cpu', []]);
    expect([compiled.input, compiled.output('logits'), compiled.output('value'), compiled.outputGradient('value')].map(({ length }) => length)).toEqual([
      20, 10, 5, 5,
    ]);
    expect(compiled.gradients.map(({ name, shape }) => [name, shape])).toEqual(compiled.parameters.map(({ name, shape }) => [name, shape]));
  });

  test('refuses what the WebAssembly engine refuses', () => {
    expect(() => engine.compile(network, { rows: 0, distribution: categorical })).toThrow(
      new InvalidOptionsError({
        where: 'tfjs engine',
        got: 'rows: 0',
        expected: 'a positive whole number',
        remedy: 'Give the most inputs that are held at a time.',
      }),
    );
    expect(() => forTraining({ rows: 0 })).toThrow('tfjs engine: got rows: 0; expected a positive whole number.');
    expect(() => engine.compile(network, { rows: 1, distribution: { kind: 'categorical', head: 'mean' } })).toThrow(
      'tfjs engine: got a distribution on the head "mean"; expected one of the heads logits, value. Name a head of the network.',
    );
    expect(() => forTraining({ rows: 1e12 })).toThrow(/^tfjs engine: got 1000000000000 rows of a network with \d+ parameters, which need [\d.]+ GiB;/);
  });
});

describe('the arrays', () => {
  // cpu keeps the arrays that it is given, wasm copies them
  test.each([engine, wasm])('what is written to a parameter counts in the next pass, forward or backward: $backend', (on) => {
    const compiled = forTraining({ on });
    compiled.forward(0, 4);
    const before = compiled.output('value').slice();
    compiled.parameters.find(({ name }) => name === 'heads.value.0.bias')!.values[0]! += 2;
    compiled.forward(0, 4);
    compiled.output('value').forEach((value, row) => {
      expect(value).toBeCloseTo(before[row]! + 2, 5);
    });
    // the gradient of the trunk goes through the head's weight
    compiled.outputGradient('value').fill(1);
    compiled.parameters.find(({ name }) => name === 'heads.value.0.weight')!.values.fill(0);
    compiled.backward(4);
    expect(compiled.gradients[0]!.values.every((value) => value === 0)).toBe(true);
  });

  test('a forward pass touches no other rows', () => {
    const compiled = forTraining({ rows: 6 });
    compiled.output('logits').fill(99);
    compiled.forward(2, 3);
    expect([...compiled.output('logits')].map((value) => value === 99)).toEqual([...Array(4).fill(true), ...Array(6).fill(false), true, true]);
  });

  test('rows that do not fit the device at once are computed in blocks', () => {
    const wide: Network = { inputShape: [1 << 20], trunk: [], heads: { logits: [dense(2, { bias: false })] } };
    const rows = 70;
    const compiled = engine.compileForTraining(wide, { rows, distribution: categorical, optimizer: sgd() });
    compiled.parameters[0]!.values.set([0.5, 0.75]);
    for (let row = 0; row < rows; row++) compiled.input[row << 20] = row / 16;
    compiled.forward(0, rows);
    expect([...compiled.output('logits')]).toEqual(Array.from({ length: rows }, (_, row) => [row / 32, (3 * row) / 64]).flat());
    compiled.distribution.actions.fill(1);
    compiled.logProbGradients.fill(1);
    compiled.backward(rows);
    // ∂logπ/∂w₁ = x·(1 − p₁), of the first and the last rows alike
    const expected = Array.from({ length: rows }, (_, row) => row / 16 / (1 + Math.exp(row / 64))).reduce((sum, term) => sum + term);
    expect(compiled.gradients[0]!.values[1]! / expected).toBeCloseTo(1, 5);
  });

  test('a NaN observation reaches the norm, which names the parameter', () => {
    const compiled = forTraining();
    compiled.input[4] = Number.NaN;
    compiled.logProbGradients.fill(1);
    compiled.forward(0, 4);
    expect(() => compiled.distribution.sample(0, 4, Rng.fromSeed(1))).toThrow('sample: got NaN or infinity in the inputs of row ');
    compiled.backward(4);
    expect(() => compiled.gradientNorm()).toThrow(NonFiniteError);
    expect(() => compiled.gradientNorm()).toThrow('in the gradient of trunk.0.weight;');
  });
});

describe('tensors', () => {
  test.each([
    ['dense', network, engine],
    ['convolutional', images, engine],
    ['dense', network, wasm],
    ['convolutional', images, wasm],
  ])('50 updates of a %s network leave none behind, and dispose the last', (_, of, on) => {
    const none = tf.memory().numTensors;
    const compiled = forTraining({ of, on, optimizer: adam() });
    update(compiled, 0);
    const some = tf.memory().numTensors;
    expect(some - none).toBe(compiled.parameters.length);
    for (let n = 1; n <= 50; n++) update(compiled, n);
    expect(tf.memory().numTensors).toBe(some);
    compiled.dispose();
    compiled.dispose();
    expect(tf.memory().numTensors).toBe(none);
  });

  test('networks on different backends take turns', async () => {
    const [first, second] = [forTraining(), forTraining({ on: wasm })];
    for (let n = 0; n < 3; n++) for (const each of [first, second]) update(each, n);
    expect(tf.getBackend()).toBe('wasm');
    await tf.setBackend('cpu');
    second.forward(0, 4);
    expect(tf.getBackend()).toBe('wasm');
    first.parameters.forEach(({ values }, i) => {
      values.forEach((value, j) => {
        expect(value).toBeCloseTo(second.parameters[i]!.values[j]!, 4);
      });
    });
  });
});

test('refuses to share the numbers of networks in shared memory', () => {
  const memory = createSharedMemory({ megabytes: 1 });
  const { shared } = wasmEngine({ memory }).compileForTraining(network, { rows: 4, distribution: categorical, optimizer: sgd() });
  expect(forTraining().shared).toBeUndefined();
  for (const compile of [
    () => engine.compile(network, { rows: 4, distribution: categorical, parameters: shared }),
    () => engine.compileForTraining(network, { rows: 4, distribution: categorical, optimizer: sgd(), optimize: shared }),
  ])
    expect(compile).toThrow('tfjs engine: got the numbers of another network for one whose memory is its own; expected networks in one shared memory.');
});

test('refuses rows that are not there', () => {
  expect(() => forTraining().forward(0, 5)).toThrow(InvalidShapeError);
  expect(() => forTraining().forward(4, 0)).not.toThrow();
  expect(() => forTraining().backward(5)).toThrow('backward: got 5 rows from row 0 on; expected whole numbers within the 4 rows');
});

test.each([
  ['forward', (compiled: TrainableNetwork) => compiled.forward(0, 1)],
  ['backward', (compiled: TrainableNetwork) => compiled.backward(1)],
  ['output', (compiled: TrainableNetwork) => compiled.output('logits')],
  ['sample', (compiled: TrainableNetwork) => compiled.distribution.sample(0, 1, Rng.fromSeed(0))],
  ['optimizerStep', (compiled: TrainableNetwork) => compiled.optimizerStep(0.1)],
])('after dispose %s is refused', (name, use) => {
  const compiled = forTraining();
  use(compiled);
  compiled.dispose();
  expect(() => use(compiled)).toThrow(DisposedError);
  expect(() => use(compiled)).toThrow(`${name}: got a network after dispose(); expected a live network. Compile the network again.`);
});

describe('tfjs', () => {
  test.each([
    [
      { backend: 'webgl' },
      'tfjs: got backend: "webgl"; expected one of node-gpu, webgpu, node, wasm, cpu. Name one of them, or none for the first that works.',
    ],
    [{ backends: 'cpu' }, 'tfjs: got the unknown option "backends"; expected one of: backend. Did you mean "backend"?'],
  ])('refuses %j', async (options, message) => {
    await expect(tfjs(options as TfjsOptions)).rejects.toThrow(InvalidOptionsError);
    await expect(tfjs(options as TfjsOptions)).rejects.toThrow(message);
  });
});
