import { expect, test } from 'vitest';
import type { WorkerTask } from '../../../fixtures/workers/shared-worker.js';
import { computeShard, smallNetwork, smallOptions } from '../../../fixtures/workers/small-network.js';
import { nextMessage, startWorker } from '../../../fixtures/workers/start-worker.js';
import { adam } from '../../optimizers/adam.js';
import { rmsprop } from '../../optimizers/rmsprop.js';
import { sgd } from '../../optimizers/sgd.js';
import type { TrainableNetwork } from '../engine.js';
import type { SharedNetwork } from '../shared-network.js';
import { createSharedMemory } from './memory/create-shared-memory.js';
import { SharedPages } from './memory/shared-pages.js';
import { wasmEngine } from './wasm-engine.js';

const values = (network: TrainableNetwork) => network.parameters.map((parameter) => [...parameter.values]);
const freeBytes = (memory: ReturnType<typeof createSharedMemory>) => new SharedPages('test', memory).room().free;

/** Runs tasks at the same time, each in a thread; their answers. */
async function inThreads<T>(tasks: readonly WorkerTask[]): Promise<T[]> {
  const workers = tasks.map(startWorker);
  const answers = await Promise.all(workers.map((worker) => nextMessage<T>(worker)));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return answers;
}

test('two threads that take turns lose no update: gradient descent lands at the exact sum', async () => {
  const memory = createSharedMemory({ megabytes: 4 });
  const network = wasmEngine({ memory }).compileForTraining(smallNetwork, { ...smallOptions, optimizer: sgd() });
  for (const parameter of network.parameters) parameter.values.fill(8);
  const before = freeBytes(memory);
  const [updates, lock] = [500, new SharedArrayBuffer(4)];
  const task = { kind: 'update', memory, shared: network.shared!, optimizer: sgd(), lock, updates } as const;
  const wrong = await inThreads<number>([
    { ...task, gradient: 1 / 256 },
    { ...task, gradient: 1 / 64 },
  ]);
  expect(wrong).toEqual([0, 0]);
  expect(network.optimizerSteps).toBe(2 * updates);
  for (const parameter of values(network)) expect(new Set(parameter)).toEqual(new Set([8 - updates / 256 - updates / 64]));
  expect(freeBytes(memory)).toBe(before);
});

test.each([
  ['adam', adam()],
  ['rmsprop', rmsprop()],
  ['sgd with momentum', sgd({ momentum: 0.9 })],
])('moments and the count of steps are shared: %s goes as in one thread', async (_, optimizer) => {
  const options = { ...smallOptions, optimizer };
  const alone = wasmEngine().compileForTraining(smallNetwork, options);
  for (let i = 0; i < 60; i++) {
    for (const gradient of alone.gradients) gradient.values.fill(0.25);
    alone.optimizerStep(1);
  }
  const memory = createSharedMemory({ megabytes: 4 });
  const network = wasmEngine({ memory }).compileForTraining(smallNetwork, options);
  const task = { kind: 'update', memory, shared: network.shared!, optimizer, lock: new SharedArrayBuffer(4), updates: 30, gradient: 0.25 } as const;
  expect(await inThreads<number>([task, task])).toEqual([0, 0]);
  expect(network.optimizerSteps).toBe(60);
  expect(values(network)).toEqual(values(alone));
  expect(network.optimizerState).toEqual(alone.optimizerState);
});

test('the gradients of shards in two threads, added in order, are those of one thread', async () => {
  const options = { ...smallOptions, optimizer: sgd() };
  const memory = createSharedMemory({ megabytes: 4 });
  const network = wasmEngine({ memory }).compileForTraining(smallNetwork, options);
  const alone = [0, 1].map(() => wasmEngine().compileForTraining(smallNetwork, options));
  const setParameters = (round: number) => {
    for (const [i, { values }] of network.parameters.entries()) {
      for (let k = 0; k < values.length; k++) values[k] = Math.sin(i + k + round);
      for (const one of alone) one.parameters[i]!.values.set(values);
    }
  };
  setParameters(0);
  const workers = [0, 1].map((shard) => startWorker({ kind: 'shard', memory, shared: network.shared!, shard }));
  for (const round of [0, 1]) {
    const answers = workers.map((worker) => nextMessage<SharedNetwork>(worker));
    if (round > 0) {
      setParameters(round);
      for (const worker of workers) worker.postMessage('again');
    }
    network.backward(0);
    for (const shared of await Promise.all(answers)) network.addGradients(shared);
    for (const [shard, one] of alone.entries()) computeShard(one, shard);
    for (const [i, { values: sums }] of network.gradients.entries()) {
      expect(sums.every((sum) => sum !== 0)).toBe(true);
      expect(sums).toEqual(sums.map((_, k) => alone[0]!.gradients[i]!.values[k]! + alone[1]!.gradients[i]!.values[k]!));
    }
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
});

test('threads that compile and dispose at the same time never get the same memory', async () => {
  const memory = createSharedMemory({ megabytes: 4 });
  const before = freeBytes(memory);
  const wrong = await inThreads<number>([1, 2, 3].map((mark) => ({ kind: 'churn', memory, mark, cycles: 300 })));
  expect(wrong).toEqual([0, 0, 0]);
  expect(freeBytes(memory)).toBe(before);
});
