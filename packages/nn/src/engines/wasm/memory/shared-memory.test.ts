import { DisposedError, InvalidOptionsError, InvalidShapeError, Rng, UnavailableError } from '@pg/core';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { convolutionalModels } from '../../../../fixtures/convolutions.js';
import { outlines, randomNetwork } from '../../../../fixtures/networks.js';
import { normals } from '../../../../fixtures/numbers.js';
import { computeShard, smallNetwork, smallOptions } from '../../../../fixtures/workers/small-network.js';
import { dense } from '../../../network/layer.js';
import { adam } from '../../../optimizers/adam.js';
import { sgd } from '../../../optimizers/sgd.js';
import type { TrainableNetwork } from '../../engine.js';
import type { SharedMemory } from '../../shared-network.js';
import { wasmEngine } from '../wasm-engine.js';
import { createSharedMemory } from './create-shared-memory.js';
import { SharedPages } from './shared-pages.js';

const options = { ...smallOptions, optimizer: adam() };
const megabyte = () => createSharedMemory({ megabytes: 1 });
const train = (memory: SharedMemory, more = {}) => wasmEngine({ memory }).compileForTraining(smallNetwork, { ...options, ...more });
const room = (memory: SharedMemory) => new SharedPages('test', memory).room();
const numbers = (tensors: TrainableNetwork['parameters']) => tensors.map(({ values }) => [...values]);

afterEach(() => vi.unstubAllGlobals());

describe('a network in shared memory has the bits of one in its own', () => {
  const big = createSharedMemory({ megabytes: 64 });

  test('dense, both distributions', () => {
    fc.assert(
      fc.property(outlines, fc.integer(), (outline, seed) => {
        const learn = (engine = wasmEngine()) => {
          const network = randomNetwork(outline, { rows: 7, seed, optimizer: adam(), engine });
          for (let i = 0; i < 3; i++) {
            network.forward(0, 7);
            network.distribution.sample(0, 7, Rng.fromSeed(i));
            network.logProbGradients.fill(0.5);
            network.entropyGradients.fill(-0.1);
            network.outputGradient('value').fill(i);
            network.backward(7);
            network.scaleGradients(1 / (1 + network.gradientNorm()));
            network.optimizerStep(0.01);
          }
          const result = [...numbers(network.parameters), ...numbers(network.optimizerState), [...network.distribution.logProbs]];
          network.dispose();
          return result;
        };
        expect(learn(wasmEngine({ memory: big }))).toEqual(learn());
      }),
      { numRuns: 30 },
    );
  });

  test('convolutions', () => {
    fc.assert(
      fc.property(convolutionalModels, ({ network, distribution }) => {
        const learn = (engine = wasmEngine()) => {
          const compiled = engine.compileForTraining(network, { rows: 3, distribution, optimizer: sgd() });
          for (const { name, values } of compiled.parameters) values.set(normals(Rng.fromSeed(1).stream(name), values.length, 0.3));
          compiled.input.set(normals(Rng.fromSeed(2), compiled.input.length));
          compiled.forward(0, 3);
          compiled.distribution.sample(0, 3, Rng.fromSeed(3));
          compiled.logProbGradients.fill(1);
          compiled.backward(3);
          const result = [...numbers(compiled.gradients), [...compiled.output('policy')]];
          compiled.dispose();
          return result;
        };
        expect(learn(wasmEngine({ memory: big }))).toEqual(learn());
      }),
      { numRuns: 10 },
    );
  });
});

describe('createSharedMemory', () => {
  test('makes a memory of that size', () => {
    const memory = createSharedMemory({ megabytes: 3 });
    expect(memory.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(memory.buffer.byteLength).toBe(3 * 2 ** 20);
    expect(room(memory).free).toBeGreaterThan(2.9 * 2 ** 20);
  });

  test('4 GiB are the most; the system provides what is used', () => {
    const memory = createSharedMemory({ megabytes: 4096 });
    const network = train(memory);
    network.forward(0, 6);
    expect(network.shared!.parameters.address).toBeGreaterThan(0);
    network.dispose();
  });

  test.each([0, 0.5, 4097, Number.NaN, '64', undefined])('refuses %s megabytes', (megabytes) => {
    expect(() => createSharedMemory({ megabytes: megabytes as number })).toThrow(InvalidOptionsError);
    expect(() => createSharedMemory({ megabytes: megabytes as number })).toThrow(/expected a whole number from 1 to 4096\. Change "megabytes"\.$/);
  });

  test('says what a page lacks that may not share memory', () => {
    vi.stubGlobal('crossOriginIsolated', false);
    expect(megabyte).toThrow(UnavailableError);
    expect(megabyte).toThrow('got a page that is not cross-origin isolated; expected one whose threads may share memory.');
  });

  test.each([{}, new WebAssembly.Memory({ initial: 1 }), { buffer: new SharedArrayBuffer(65536) }])('an engine refuses another memory', (memory) => {
    expect(() => wasmEngine({ memory: memory as SharedMemory })).toThrow(InvalidOptionsError);
    expect(() => wasmEngine({ memory: memory as SharedMemory })).toThrow('expected what createSharedMemory gives. Make it once and post it to the workers.');
  });
});

describe('the parameters of another network', () => {
  test('are the same array; gradients and moments are not', () => {
    const memory = megabyte();
    const [first, second] = [train(memory)].flatMap((network) => [network, train(memory, { parameters: network.shared })]) as [
      TrainableNetwork,
      TrainableNetwork,
    ];
    const acting = wasmEngine({ memory }).compile(smallNetwork, { ...smallOptions, parameters: second.shared });
    first.parameters[2]!.values[1] = 5;
    expect(second.parameters[2]!.values[1]).toBe(5);
    expect(acting.parameters[2]!.values[1]).toBe(5);
    computeShard(first, 1);
    expect(first.gradientNorm()).toBeGreaterThan(0);
    expect(second.gradientNorm()).toBe(0);
    first.optimizerStep(0.1);
    expect(second.optimizerSteps).toBe(0);
    expect(numbers(second.parameters)).toEqual(numbers(first.parameters));
    expect(acting.shared!.gradients).toBeUndefined();
    expect(acting.shared!.learning).toBeUndefined();
  });

  test('optimize: steps move them with their moments; the own ones follow by pull', () => {
    const memory = megabyte();
    const first = train(memory);
    const second = train(memory, { optimize: first.shared });
    computeShard(second, 1);
    second.optimizerStep(0.1);
    expect(first.optimizerSteps).toBe(1);
    expect(second.optimizerState).toEqual(first.optimizerState);
    expect(first.gradientNorm()).toBe(0);
    expect(first.optimizerState.find(({ name }) => name === 'exp_avg.heads.value.0.bias')!.values[0]).not.toBe(0);
    expect(
      numbers(second.parameters)
        .flat()
        .every((value) => value === 0),
    ).toBe(true);
    second.pull();
    expect(
      numbers(second.parameters)
        .flat()
        .some((value) => value !== 0),
    ).toBe(true);
    expect(numbers(second.parameters)).toEqual(numbers(first.parameters));
    const before = numbers(first.parameters);
    first.pull();
    expect(numbers(first.parameters)).toEqual(before);
  });

  test('stay until the last network that uses them is disposed', () => {
    const memory = megabyte();
    const { free } = room(memory);
    const first = train(memory);
    const handle = first.shared!;
    const second = train(memory, { parameters: handle, optimize: handle });
    first.parameters[0]!.values.fill(3);
    first.dispose();
    const others = Array.from({ length: 3 }, () => train(memory));
    for (const other of others) for (const { values } of other.parameters) values.fill(9);
    expect(new Set(second.parameters[0]!.values)).toEqual(new Set([3]));
    computeShard(second, 0);
    second.optimizerStep(0.1);
    expect(second.optimizerSteps).toBe(1);
    for (const network of [second, ...others]) network.dispose();
    expect(room(memory).free).toBe(free);
    // the place is taken again, by other numbers
    train(memory);
    expect(() => train(memory, { parameters: handle })).toThrow(DisposedError);
    expect(() => train(memory, { optimize: handle })).toThrow(
      'wasm engine: got the shared numbers of a network after dispose(); expected those of a live network. ' +
        'Dispose a network once those that are to use its numbers have been compiled.',
    );
    expect(() => train(memory).addGradients(handle)).toThrow(DisposedError);
  });

  test('are refused when they do not fit', () => {
    const memory = megabyte();
    const network = train(memory);
    const elsewhere = train(megabyte()).shared!;
    const acting = wasmEngine({ memory }).compile(smallNetwork, smallOptions).shared!;
    const { free } = room(memory);
    const wider = { ...smallNetwork, heads: { logits: [dense(3)], value: [dense(1)] } };
    const compile =
      (more: object, of = smallNetwork) =>
      () =>
        wasmEngine({ memory }).compileForTraining(of, { ...options, ...more });
    expect(compile({ parameters: elsewhere })).toThrow(InvalidOptionsError);
    expect(compile({ parameters: elsewhere })).toThrow(
      `wasm engine: got parameters in the shared memory ${elsewhere.memory}; expected those of a network in the same shared memory, ${network.shared!.memory}. ` +
        'Pass `shared` of a network whose engine was made with this memory.',
    );
    expect(compile({ optimize: {} })).toThrow('got optimize: an object with keys []; expected those of a network in the same shared memory');
    expect(compile({ parameters: network.shared }, wider)).toThrow(InvalidShapeError);
    expect(compile({ parameters: network.shared }, wider)).toThrow(
      'wasm engine: got parameters: a network with heads.logits.0.weight [5, 2]; expected heads.logits.0.weight [5, 3]. Share numbers between networks of the same layers.',
    );
    expect(compile({ optimize: acting })).toThrow('got optimize: a network that does not learn; expected one that does. Compile it for training.');
    expect(compile({ optimize: network.shared, optimizer: sgd() })).toThrow('Compile both with the same optimiser.');
    expect(compile({ optimize: network.shared, optimizer: adam({ beta1: 0.5 }) })).toThrow('"beta1":0.9');
    expect(() => network.addGradients(acting)).toThrow('addGradients: got gradients: a network that does not learn;');
    expect(() => network.addGradients(elsewhere)).toThrow(InvalidOptionsError);
    // what was refused has left nothing behind
    expect(room(memory).free).toBe(free);
  });

  test('are refused by networks in memory of their own', () => {
    const { shared } = train(megabyte());
    const own = wasmEngine().compileForTraining(smallNetwork, options);
    expect(own.shared).toBeUndefined();
    for (const more of [{ parameters: shared }, { optimize: shared }]) {
      expect(() => wasmEngine().compileForTraining(smallNetwork, { ...options, ...more })).toThrow(InvalidOptionsError);
      expect(() => wasmEngine().compileForTraining(smallNetwork, { ...options, ...more })).toThrow(
        'Compile both with wasmEngine({ memory }), whose memory createSharedMemory makes.',
      );
    }
    expect(() => wasmEngine().compile(smallNetwork, { ...smallOptions, parameters: shared })).toThrow(InvalidOptionsError);
    expect(() => own.addGradients(shared!)).toThrow('addGradients: got the numbers of another network for one whose memory is its own;');
  });
});

test('a full memory says how full, and is usable again when networks are disposed', () => {
  const memory = megabyte();
  const { free } = room(memory);
  const networks: TrainableNetwork[] = [];
  const fill = () => {
    for (;;) networks.push(train(memory));
  };
  expect(fill).toThrow(InvalidOptionsError);
  expect(fill).toThrow(
    /^wasm engine: got a block of 0\.\d MiB for a shared memory of 1\.0 MiB, of which 0\.\d MiB are free, 0\.\d MiB in a row; expected a block that fits\. Dispose networks that are no longer used, compile for fewer rows, or give createSharedMemory more megabytes\.$/,
  );
  expect(networks.length).toBeGreaterThan(5);
  for (const network of networks) network.dispose();
  expect(room(memory)).toEqual({ bytes: 2 ** 20, free, longest: free });
  const big = wasmEngine({ memory }).compile(smallNetwork, { ...smallOptions, rows: 10_000 });
  // what is handed out again is zero
  expect(big.input.every((value) => value === 0)).toBe(true);
  expect(() => wasmEngine({ memory }).compile(smallNetwork, { ...smallOptions, rows: 1e12 })).toThrow(InvalidOptionsError);
});
