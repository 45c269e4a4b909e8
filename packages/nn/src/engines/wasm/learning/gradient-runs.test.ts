import { Rng } from '@pg/core';
import { describe, expect, test } from 'vitest';
import { dense, relu } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { copyTensors, initialParameters } from '../../../network/parameters.js';
import { adam } from '../../../optimizers/adam.js';
import type { Optimizer } from '../../../optimizers/optimizer.js';
import { rmsprop } from '../../../optimizers/rmsprop.js';
import { sgd } from '../../../optimizers/sgd.js';
import type { Engine, TrainableNetwork } from '../../engine.js';
import { createSharedMemory } from '../memory/create-shared-memory.js';
import { wasmEngine } from '../wasm-engine.js';

const INPUTS = 96;
const ROWS = 6;

/** One body under two heads; and two heads, each on the inputs. */
const networks: Record<string, Network> = {
  'a trunk': { inputShape: [INPUTS], trunk: [dense(36), relu()], heads: { logits: [dense(3)], value: [dense(1)] } },
  'two chains, one of an odd size': { inputShape: [INPUTS], trunk: [], heads: { logits: [dense(8), relu(), dense(3)], value: [dense(7), relu(), dense(1)] } },
};

const optimizers: Record<string, Optimizer> = {
  rmsprop: rmsprop(),
  'rmsprop with a short memory': rmsprop({ alpha: 0.01 }),
  sgd: sgd(),
  'sgd with momentum': sgd({ momentum: 0.9 }),
  adam: adam(),
};

function compile(network: Network, optimizer: Optimizer, engine: Engine = wasmEngine()): TrainableNetwork {
  const compiled = engine.compileForTraining(network, { rows: ROWS, distribution: { kind: 'categorical', head: 'logits' }, optimizer });
  copyTensors(initialParameters(network, Rng.fromSeed(1)), compiled.parameters);
  return compiled;
}

/** Forward and backward on inputs that the number of the update decides: few of them active, in the 5th update all. */
function backward(network: TrainableNetwork, update: number): void {
  const rng = Rng.fromSeed(update);
  const { input } = network;
  input.fill(0);
  for (let i = 0; i < 8; i++) input[rng.integer(ROWS) * INPUTS + rng.integer(INPUTS)] = rng.normal();
  if (update === 5) for (let i = 0; i < INPUTS; i++) input[i] = rng.normal();
  network.forward(0, ROWS);
  network.distribution.sample(0, ROWS, rng);
  for (let row = 0; row < ROWS; row++) {
    network.logProbGradients[row] = rng.normal();
    network.entropyGradients[row] = 0.1;
    network.outputGradient('value')[row] = rng.normal();
  }
  network.backward(ROWS);
}

/** As an algorithm makes an update. */
function learn(network: TrainableNetwork, update: number): number {
  backward(network, update);
  const norm = network.gradientNorm();
  network.clipGradients(0.5);
  network.scaleGradients(0.9);
  network.optimizerStep(0.01);
  return norm;
}

const bytesOf = (tensors: TrainableNetwork['parameters']) => Buffer.concat(tensors.map(({ values }) => Buffer.from(values.slice().buffer)));

const cases = Object.keys(networks).flatMap((network) => Object.keys(optimizers).map((optimizer) => [network, optimizer] as const));

describe.each(cases)('%s, %s', (network, optimizer) => {
  const make = () => compile(networks[network]!, optimizers[optimizer]!);

  test('leaving out the rows of inputs that were not active gives the bits of the plain path', () => {
    const [fast, plain] = [make(), make()];
    // whoever asks for the gradients gets the plain path
    expect(plain.gradients.length).toBeGreaterThan(0);
    for (let update = 0; update < 160; update++) expect(learn(fast, update)).toBe(learn(plain, update));
    expect(Buffer.compare(bytesOf(fast.parameters), bytesOf(plain.parameters))).toBe(0);
    expect(Buffer.compare(bytesOf(fast.optimizerState), bytesOf(plain.optimizerState))).toBe(0);
    expect(Buffer.compare(bytesOf(fast.gradients), bytesOf(plain.gradients))).toBe(0);
  });

  test('its state can be read and put into another network at any time', () => {
    const [whole, first, second] = [make(), make(), make()];
    for (let update = 0; update < 20; update++) learn(whole, update);
    for (let update = 0; update < 9; update++) learn(first, update);
    copyTensors(first.parameters, second.parameters);
    copyTensors(first.optimizerState, second.optimizerState);
    second.optimizerSteps = first.optimizerSteps;
    for (let update = 9; update < 20; update++) learn(second, update);
    expect(Buffer.compare(bytesOf(second.parameters), bytesOf(whole.parameters))).toBe(0);
    expect(Buffer.compare(bytesOf(second.optimizerState), bytesOf(whole.optimizerState))).toBe(0);
  });
});

test('what is written to the gradients counts, wherever it is', () => {
  const network = compile(networks['a trunk']!, sgd());
  learn(network, 0);
  backward(network, 1);
  const before = network.parameters[0]!.values.slice();
  for (const { values } of network.gradients) values.fill(1);
  network.optimizerStep(0.125);
  expect(Buffer.compare(Buffer.from(network.parameters[0]!.values.slice().buffer), Buffer.from(before.map((value) => value - 0.125).buffer))).toBe(0);
  backward(network, 2);
  const written = network.gradients[0]!.values.filter((value) => value !== 0).length;
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThanOrEqual(8 * 36);
});

test('gradients of networks in one shared memory are added where either has some', () => {
  const engine = wasmEngine({ memory: createSharedMemory({ megabytes: 2 }) });
  const [fast, plain, shardA, shardB] = [1, 2, 3, 4].map(() => compile(networks['a trunk']!, rmsprop(), engine)) as [
    TrainableNetwork,
    TrainableNetwork,
    TrainableNetwork,
    TrainableNetwork,
  ];
  expect(plain.gradients.length).toBeGreaterThan(0);
  for (let update = 0; update < 12; update += 2) {
    backward(shardA, update);
    backward(shardB, update + 1);
    for (const network of [fast, plain]) {
      network.backward(0);
      network.addGradients(shardA.shared!);
      network.addGradients(shardB.shared!);
      network.optimizerStep(0.01);
    }
    expect(fast.gradientNorm()).toBe(plain.gradientNorm());
  }
  expect(Buffer.compare(bytesOf(fast.parameters), bytesOf(plain.parameters))).toBe(0);
  expect(Buffer.compare(bytesOf(fast.optimizerState), bytesOf(plain.optimizerState))).toBe(0);
});
