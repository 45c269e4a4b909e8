import { Rng, UnavailableError } from '@pg/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { computeShard, smallNetwork, smallOptions } from '../../../fixtures/workers/small-network.js';
import { gru } from '../../network/gru.js';
import { dense } from '../../network/layer.js';
import type { Network } from '../../network/network.js';
import { adam } from '../../optimizers/adam.js';
import type { TrainableNetwork } from '../engine.js';
import { createSharedMemory } from './memory/create-shared-memory.js';
import { SharedPages } from './memory/shared-pages.js';
import { wasmEngine } from './wasm-engine.js';

const recurrent: Network = { inputShape: [3], trunk: [gru(4)], heads: { logits: [dense(2)], value: [dense(1)] } };
const options = { ...smallOptions, sequence: { numEnvs: 2 }, optimizer: adam() };

/** Every array of a network. */
function arrays(network: TrainableNetwork) {
  const { input, distribution, episodeStarts, logProbGradients, entropyGradients } = network;
  const tensors = [network.parameters, network.gradients, network.initialState, network.initialStateGradients, network.optimizerState].flat();
  const { actions, logProbs, entropies } = distribution;
  return [input, actions, logProbs, entropies, episodeStarts, logProbGradients, entropyGradients, ...tensors.map(({ values }) => values)];
}

afterEach(() => vi.restoreAllMocks());

describe.each([
  ['of its own', () => wasmEngine()],
  ['that is shared', () => wasmEngine({ memory: createSharedMemory({ megabytes: 1 }) })],
])('a network in memory %s', (_, makeEngine) => {
  const engine = makeEngine();

  test('has empty arrays after dispose', () => {
    const network = engine.compileForTraining(recurrent, options);
    const tensors = [...network.parameters, ...network.optimizerState];
    expect(arrays(network).every((array) => array.length > 0)).toBe(true);
    network.dispose();
    expect(arrays(network)).toHaveLength(7 + 8 * 4 + 2);
    for (const array of arrays(network)) expect(array).toHaveLength(0);
    for (const { values } of tensors) expect(values).toHaveLength(0);
    expect(network.distribution.actions).toBeInstanceOf(Int32Array);
    expect(() => network.optimizerSteps).toThrow('optimizerSteps: got a network after dispose();');
  });

  test('is disposed at the end of its scope', () => {
    let kept: TrainableNetwork;
    {
      using network = engine.compileForTraining(recurrent, options);
      kept = network;
      expect(network.input).toHaveLength(18);
    }
    expect(kept.input).toHaveLength(0);
    expect(() => kept.forward(0, 2)).toThrow('forward: got a network after dispose();');
  });

  test('does not show in networks that come later', () => {
    for (let i = 0; i < 3; i++) {
      using network = engine.compileForTraining(recurrent, options);
      for (const array of arrays(network)) expect(array.every((value) => value === 0)).toBe(true);
      for (const array of arrays(network)) array.fill(1);
      network.distribution.sample(0, 6, Rng.fromSeed(1));
    }
  });

  // a process has address space for some 13,000 memories
  test('15,000 in a row, each disposed', () => {
    for (let i = 0; i < 15_000; i++) {
      const network = engine.compileForTraining(smallNetwork, options);
      if (i % 1000 === 0) computeShard(network, i);
      network.dispose();
    }
    using last = engine.compileForTraining(smallNetwork, options);
    last.forward(0, 6);
    expect(last.output('logits')).toHaveLength(12);
  });
});

test('arrays that were taken from a network before are empty as well', () => {
  const network = wasmEngine().compileForTraining(recurrent, options);
  const taken = [...arrays(network), network.output('value'), network.outputGradient('value')];
  expect(taken.every((array) => array.length > 0)).toBe(true);
  network.dispose();
  for (const array of taken) expect(array).toHaveLength(0);
});

test('a shared memory is as free as before', () => {
  const memory = createSharedMemory({ megabytes: 1 });
  const pages = new SharedPages('test', memory);
  const before = pages.room();
  const networks = Array.from({ length: 4 }, () => wasmEngine({ memory }).compileForTraining(recurrent, options));
  for (const array of networks.flatMap(arrays)) array.fill(1);
  expect(pages.room().free).toBeLessThan(before.free);
  for (const network of networks) {
    network.dispose();
    network.dispose();
  }
  expect(pages.room()).toEqual(before);
});

test('without address space for one more network, the error says what to do', () => {
  const cause = new RangeError('WebAssembly.Memory(): could not allocate memory');
  class Exhausted {
    constructor() {
      throw cause;
    }
  }
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(Exhausted as never);
  const compile = () => wasmEngine().compileForTraining(recurrent, options);
  expect(compile).toThrow(UnavailableError);
  expect(compile).toThrow(
    'wasm engine: got a runtime without address space for the memory of one more network (V8 sets 10 GiB aside for each, enough for about 13,000); ' +
      'expected room for it. Dispose networks and policies that are no longer used, or compile them over one memory: ' +
      'wasmEngine({ memory: createSharedMemory({ megabytes }) }).',
  );
  expect(compile).toThrow(expect.objectContaining({ cause }));
});
