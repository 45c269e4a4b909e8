import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { Rng } from '@pg/core';
import { createSharedMemory, reclaimSharedMemory, wasmEngine } from '@pg/nn';
import { expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import { COUNTING_STEP, type CountingTask, countingNetwork, countingOptions } from '../../fixtures/a3c/counting-worker.js';
import { createSharedRun, SharedRun } from './shared-run.js';
import { ownerOf } from './shared-steps.js';

const program = bundled(new URL('../../fixtures/a3c/counting-worker.ts', import.meta.url));

/** `PG_KILLS=500 npm run unit -- a3c` for more. */
const kills = Number(process.env.PG_KILLS ?? 20);

/** Parameters that start at 0, in a memory that has room for little more than the workers at a time. */
function countingRun(workers: number, mode: 'lock' | 'hogwild') {
  const memory = createSharedMemory({ megabytes: 3 });
  const central = wasmEngine({ memory }).compileForTraining(countingNetwork, { ...countingOptions, atomicSteps: mode === 'lock' });
  const shared = createSharedRun(memory, central.shared!, workers);
  const run = new SharedRun(shared);
  const start = (worker: number, updates: number) => new Worker(program, { workerData: { memory, run: shared, worker, mode, updates } satisfies CountingTask });
  return { memory, central, shared, run, start };
}

function readAll({ reports }: SharedRun): number {
  let updates = 0;
  while (reports.take()) updates += 1;
  return updates;
}

/** Reads reports until all threads have ended: workers wait for room. */
async function finish(threads: readonly Worker[], run: SharedRun): Promise<number> {
  let reported = 0;
  const reading = setInterval(() => {
    reported += readAll(run);
  }, 1);
  await Promise.all(threads.map((thread) => once(thread, 'exit')));
  clearInterval(reading);
  return reported + readAll(run);
}

test('in turns no update is lost: every parameter has moved by every step', async () => {
  const { central, run, start } = countingRun(3, 'lock');
  const each = 1500;
  const reported = await finish(
    [0, 1, 2].map((worker) => start(worker, each)),
    run,
  );
  central.pull();
  expect(reported).toBe(3 * each);
  expect(central.optimizerSteps).toBe(3 * each);
  expect(run.stepAfter(central.optimizerSteps)).toBe(3 * 3 * each);
  for (const { values } of central.parameters) expect(new Set(values)).toEqual(new Set([-3 * each * COUNTING_STEP]));
});

test('without turns few moves are lost, and no step of the count', async () => {
  const { central, run, start } = countingRun(3, 'hogwild');
  // long enough for all to be at it at the same time
  const each = 6000;
  const reported = await finish(
    [0, 1, 2].map((worker) => start(worker, each)),
    run,
  );
  expect(reported).toBe(3 * each);
  expect(central.optimizerSteps).toBe(3 * each);
  expect(run.stepOfAll).toBe(3 * 3 * each);
  const moves = central.parameters.flatMap(({ values }) => [...values]).map((value) => -value / COUNTING_STEP);
  const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
  const lost = 1 - mean / (3 * each);
  if (process.env.PG_KILLS) console.log(`hogwild, nothing but updates: ${(100 * lost).toFixed(2)} % of the moves of single numbers lost`);
  expect(Math.max(...moves)).toBeLessThanOrEqual(3 * each);
  expect(lost).toBeGreaterThanOrEqual(0);
  expect(lost).toBeLessThan(0.5);
});

test('workers that are killed at any moment leave whole updates, a free lock and all of their memory', { timeout: 60_000 + 1000 * kills }, async () => {
  const { memory, central, run, start } = countingRun(3, 'lock');
  const delays = Rng.fromSeed(1);
  const threads = [0, 1, 2].map((worker) => start(worker, Number.POSITIVE_INFINITY));
  const reading = setInterval(() => readAll(run), 1);
  let [inTurn, before] = [0, 0];
  for (let killed = 0; killed < kills; killed++) {
    // the next one starts while the others go on
    const worker = killed % 3;
    const owner = ownerOf(worker);
    while (central.optimizerSteps < before + 20) await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise((resolve) => setTimeout(resolve, delays.uniform(0, 4)));
    await threads[worker]!.terminate();
    if (run.lock.recover(owner)) inTurn += 1;
    run.reports.recover(owner);
    reclaimSharedMemory(memory, { user: owner });
    before = central.optimizerSteps;
    threads[worker] = start(worker, Number.POSITIVE_INFINITY);
  }
  await Promise.all(threads.map((thread) => thread.terminate()));
  clearInterval(reading);
  for (const worker of [0, 1, 2]) run.lock.recover(ownerOf(worker));
  central.pull();
  if (process.env.PG_KILLS) console.log(`killed ${kills} times, ${inTurn} of them in a turn, after ${central.optimizerSteps} updates`);
  expect(central.optimizerSteps).toBeGreaterThan(20 * (kills - 3));
  expect(run.stepAfter(central.optimizerSteps)).toBe(3 * central.optimizerSteps);
  for (const { values } of central.parameters) expect(new Set(values)).toEqual(new Set([-central.optimizerSteps * COUNTING_STEP]));
});
