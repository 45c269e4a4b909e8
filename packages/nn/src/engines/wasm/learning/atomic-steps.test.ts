import { InvalidOptionsError, Rng } from '@pg/core';
import { expect, test } from 'vitest';
import { normals } from '../../../../fixtures/numbers.js';
import { smallOptions } from '../../../../fixtures/workers/small-network.js';
import { dense } from '../../../network/layer.js';
import type { Network } from '../../../network/network.js';
import { copyTensors } from '../../../network/parameters.js';
import { adam } from '../../../optimizers/adam.js';
import { rmsprop } from '../../../optimizers/rmsprop.js';
import { sgd } from '../../../optimizers/sgd.js';
import type { TrainableNetwork } from '../../engine.js';
import type { SharedBlock } from '../../shared-network.js';
import { createSharedMemory } from '../memory/create-shared-memory.js';
import { reclaimSharedMemory } from '../memory/reclaim-shared-memory.js';
import { SharedPages } from '../memory/shared-pages.js';
import { wasmEngine } from '../wasm-engine.js';

/** More parameters than are moved at a time. */
const network: Network = { inputShape: [40], trunk: [dense(100)], heads: { logits: [dense(2)], value: [dense(1)] } };

function step(learner: TrainableNetwork, seed: number): void {
  for (const { name, values } of learner.gradients) values.set(normals(Rng.fromSeed(seed).stream(name), values.length));
  learner.optimizerStep(0.01);
}

const numbers = ({ parameters, optimizerState, optimizerSteps }: TrainableNetwork) => [
  optimizerSteps,
  ...[...parameters, ...optimizerState].map(({ values }) => Buffer.from(values.slice().buffer).toString('base64')),
];

test.each([
  ['adam', adam()],
  ['rmsprop', rmsprop()],
  ['sgd', sgd()],
  ['sgd with momentum', sgd({ momentum: 0.9 })],
])('%s: has the bits of steps in place, and what a step leaves half-written changes nothing', (_, optimizer) => {
  const options = { ...smallOptions, optimizer };
  const alone = wasmEngine().compileForTraining(network, options);
  const memory = createSharedMemory({ megabytes: 2 });
  const main = wasmEngine({ memory }).compileForTraining(network, { ...options, atomicSteps: true });
  for (const { name, values } of alone.parameters) values.set(normals(Rng.fromSeed(1).stream(name), values.length));
  copyTensors(alone.parameters, main.parameters);
  const worker = wasmEngine({ memory }).compileForTraining(network, { ...options, optimize: main.shared });
  const { parameters, state, spare } = main.shared!.learning!;
  const sets = [{ parameters, state }, spare!];
  const spoil = ({ address, bytes }: SharedBlock, from = 0) => new Float32Array(memory.buffer, address + from, (bytes - from) / 4).fill(Number.NaN);
  for (let n = 0; n < 9; n++) {
    // as a thread does that is terminated within the step: all but the count and which set is current
    const unused = sets[(n + 1) % 2]!;
    spoil(unused.parameters);
    spoil(unused.state, 16);
    step(alone, n);
    step(worker, n);
    expect(worker.optimizerSteps).toBe(n + 1);
    worker.pull();
    expect(numbers(worker)[1]).toBe(numbers(alone)[1]);
    expect(main.optimizerSteps).toBe(n + 1);
  }
  main.pull();
  main.pull();
  expect(numbers(main)).toEqual(numbers(alone));
  // and goes on from there, and from what is put back
  main.optimizerSteps = 100;
  alone.optimizerSteps = 100;
  for (const n of [20, 21, 22]) {
    step(alone, n);
    step(worker, n);
  }
  main.pull();
  expect(numbers(main)).toEqual(numbers(alone));
});

test('needs a shared memory', () => {
  expect(() => wasmEngine().compileForTraining(network, { ...smallOptions, optimizer: sgd(), atomicSteps: true })).toThrow(InvalidOptionsError);
});

test('what a thread leaves behind is given back, and only that', () => {
  const memory = createSharedMemory({ megabytes: 4 });
  const options = { ...smallOptions, optimizer: adam() };
  const main = wasmEngine({ memory }).compileForTraining(network, { ...options, atomicSteps: true });
  const other = wasmEngine({ memory, user: 2 }).compileForTraining(network, options);
  other.parameters[0]!.values.fill(5);
  const { free } = new SharedPages('test', memory).room();
  const lost = wasmEngine({ memory, user: 1 }).compileForTraining(network, { ...options, optimize: main.shared });
  const handle = lost.shared!;
  expect(new SharedPages('test', memory).room().free).toBeLessThan(free);
  reclaimSharedMemory(memory, { user: 1 });
  expect(new SharedPages('test', memory).room().free).toBe(free);
  expect(() => main.addGradients(handle)).toThrow('got the shared numbers of a network after dispose();');
  expect(new Set(other.parameters[0]!.values)).toEqual(new Set([5]));
  const again = wasmEngine({ memory, user: 1 }).compileForTraining(network, { ...options, optimize: main.shared });
  expect(again.input.every((value) => value === 0)).toBe(true);
  step(again, 1);
  expect(main.optimizerSteps).toBe(1);
});

test.each([0, 255, 1.5])('refuses the user %s', (user) => {
  const memory = createSharedMemory({ megabytes: 1 });
  expect(() => wasmEngine({ memory, user })).toThrow(`wasm engine: got user: ${user}; expected a whole number from 1 to 254.`);
  expect(() => reclaimSharedMemory(memory, { user })).toThrow('reclaimSharedMemory: got user');
});
