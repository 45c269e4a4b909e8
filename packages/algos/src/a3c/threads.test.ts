import { BusyError, DisposedError, EnvironmentError, InvalidOptionsError, Rng } from '@pg/core';
import { afterAll, describe, expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import * as exported from '../../fixtures/a3c/agents.js';
import { train } from '../../fixtures/learners.js';
import type { BuildOptions } from '../builder/algorithm-builder.js';
import type { Learner } from '../learner/learner.js';
import { learnA3c } from './a3c.js';
import type { A3cUpdate } from './a3c-learner.js';
import type { LostWorker } from './lost-worker.js';
import { ownerOf } from './shared-steps.js';
import { type StartThread, startThread, type WorkerThread } from './start-thread.js';

const { writingParts, ...agents } = exported;
type Name = keyof typeof agents;
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type AnyLearner = Learner<any, any, A3cUpdate>;

const module = bundled(new URL('../../fixtures/a3c/agents.ts', import.meta.url));
const open: AnyLearner[] = [];
afterAll(async () => {
  await Promise.all(open.map((learner) => learner[Symbol.asyncDispose]()));
});

function onThreads(name: Name, workers: number, options: Partial<BuildOptions> = {}): AnyLearner {
  const learner = agents[name].build({ seed: 3, workers, module, export: name, ...options }) as AnyLearner;
  open.push(learner);
  return learner;
}

describe.each(['small', 'remembering', 'inRounds', 'hogwild'] as const)('one worker on a thread: %s', (name) => {
  test('has the bits of the loop in process, and of every other run', async () => {
    const local = agents[name].build({ seed: 3 }) as AnyLearner;
    const threads = [onThreads(name, 1), onThreads(name, 1)] as const;
    const expected = await train(local, 2000);
    for (const thread of threads) {
      expect(await train(thread, 2000)).toEqual(expected);
      expect(Buffer.compare(thread.toCheckpoint(), local.toCheckpoint())).toBe(0);
    }
  });
});

test('one worker goes on from a checkpoint as if it had never stopped, on a thread or not', async () => {
  const whole = exported.remembering.build({ seed: 5 }) as AnyLearner;
  await train(whole, 2800);
  const first = onThreads('remembering', 1, { seed: 5 });
  await train(first, 1400);
  const bytes = first.toCheckpoint();
  const local = (await exported.remembering.load(bytes)) as AnyLearner;
  const thread = (await exported.remembering.load(bytes, { workers: 1, module, export: 'remembering' })) as AnyLearner;
  open.push(thread);
  for (const learner of [local, thread, first]) {
    await train(learner, 1400);
    expect(Buffer.compare(learner.toCheckpoint(), whole.toCheckpoint())).toBe(0);
  }
});

test('left and gone on with, as if it had never been left: the workers may be ahead of the update that was seen', async () => {
  const whole = exported.small.build({ seed: 5 }) as AnyLearner;
  const left = onThreads('small', 1, { seed: 5 });
  for await (const { step } of left.train({ steps: 2800, horizon: 2800 })) if (step >= 700) break;
  expect(left.step).toBeGreaterThanOrEqual(700);
  const rest = 2800 - left.step;
  if (rest > 0) await train(left, { steps: rest, horizon: 2800 });
  await train(whole, 2800);
  expect(Buffer.compare(left.toCheckpoint(), whole.toCheckpoint())).toBe(0);
});

describe('several workers', () => {
  test('make every update, in order, in one stream', async () => {
    const learner = onThreads('small', 3);
    const updates = await train(learner, 21_000);
    expect(updates.map((update) => update.updates)).toEqual(updates.map((_, i) => i + 1));
    expect(updates.map(({ step }) => step)).toEqual(updates.map((_, i) => 7 * (i + 1)));
    expect(updates.length).toBeGreaterThanOrEqual(3000);
    expect(updates.length).toBeLessThanOrEqual(3002);
    expect(learner.step).toBe(7 * updates.length);
    const byWorker = [0, 1, 2].map((worker) => updates.filter((update) => update.worker === worker));
    for (const own of byWorker) {
      expect(own.map(({ workerSteps }) => workerSteps)).toEqual(own.map((_, i) => 7 * (i + 1)));
      // an update's lag is the number of those that others made since its worker's last one
      for (let i = 1; i < own.length; i++) expect(own[i]!.gradientLag).toBe(own[i]!.updates - own[i - 1]!.updates - 1);
    }
    expect(byWorker.every((own) => own.length > 0)).toBe(true);
    const returns = updates.flatMap((update) => update.returns);
    expect(updates.at(-1)!.episodes).toBe(returns.length);
    const last = returns.slice(-100);
    expect(updates.at(-1)!.meanReturn).toBeCloseTo(last.reduce((sum, value) => sum + value, 0) / last.length, 9);
    expect(updates.flatMap((update) => update.lengths)).toEqual(returns);
    expect(updates.at(-1)!.runningReturn).toBeCloseTo(
      returns.reduce((mean, value) => 0.99 * mean + 0.01 * value),
      9,
    );
  });

  test('a checkpoint in the middle is of one moment, and another number of workers goes on from it', async () => {
    const learner = onThreads('small', 2);
    let bytes: Uint8Array | undefined;
    const written: string[] = [];
    for await (const update of learner.train({ steps: 30_000 })) {
      if (update.updates !== 1000) continue;
      expect(() => learner.toCheckpoint()).toThrow(BusyError);
      const path = new URL(`checkpoint-${process.pid}.safetensors`, module);
      await learner.saveCheckpoint(path);
      const { readFileSync } = await import('node:fs');
      bytes = new Uint8Array(readFileSync(path));
      written.push(path.href);
    }
    expect(written).toHaveLength(1);
    for (const workers of [0, 1, 3]) {
      const options = workers === 0 ? {} : { workers, module, export: 'small' };
      const resumed = (await exported.small.load(bytes!, options)) as AnyLearner;
      open.push(resumed);
      const { step } = resumed;
      expect(step).toBeGreaterThanOrEqual(7000);
      expect(step % 7).toBe(0);
      const updates = await train(resumed, 700);
      expect(updates[0]!.updates).toBe(step / 7 + 1);
      expect(updates[0]!.episodes).toBeGreaterThan(100);
      expect(resumed.step).toBeGreaterThanOrEqual(step + 700);
    }
  });

  test('without turns they are numbered as they are handed out, over several loops', async () => {
    const learner = onThreads('hogwild', 3);
    const updates = await train(learner, 15_000);
    expect(updates.map((update) => update.updates)).toEqual(updates.map((_, i) => i + 1));
    expect(updates.map(({ step }) => step)).toEqual(updates.map((_, i) => 5 * (i + 1)));
    expect(learner.step).toBe(5 * updates.length);
    for await (const { updates } of learner.train({ steps: 15_000 })) if (updates >= 4000) break;
    const { step } = learner;
    const more = await train(learner, 1000);
    expect(more.map((update) => update.updates)).toEqual(more.map((_, i) => step / 5 + i + 1));
    expect(more.map((update) => update.step)).toEqual(more.map((_, i) => step + 5 * (i + 1)));
    expect(learner.step).toBe(more.at(-1)!.step);
  });
});

describe('a worker that is lost', () => {
  async function lossesOf(name: Name, options: Partial<BuildOptions> = {}) {
    const learner = onThreads(name, 2, options);
    const updates: A3cUpdate[] = [];
    const steps = new Map<string, number>();
    for await (const update of learner.train({ steps: 1_000_000, until: () => updates.filter(({ lost }) => lost.length > 0).length >= 2 })) {
      updates.push(update);
      steps.set(`${update.worker}`, update.workerSteps);
    }
    const lost = updates.flatMap((update) => update.lost);
    // nothing else is lost: the count goes on without a gap
    expect(updates.map((update) => update.updates)).toEqual(updates.map((_, i) => i + 1));
    expect(updates.map(({ step }) => step)).toEqual(updates.map((_, i) => 10 * (i + 1)));
    expect(lost.length).toBeGreaterThanOrEqual(2);
    await learner[Symbol.asyncDispose]();
    return lost;
  }

  test('by throwing is replaced; what it threw is the cause', async () => {
    for (const { error, worker } of await lossesOf('throwing')) {
      expect([0, 1]).toContain(worker);
      expect(error).toBeInstanceOf(EnvironmentError);
      expect(error.message).toContain('troubled (copy 0).step: got RangeError "the pump is dry" thrown at step 41 of the episode;');
      expect((error.cause as Error).message).toBe('the pump is dry');
    }
  });

  test('by ending its thread', async () => {
    for (const { error, worker } of await lossesOf('exiting')) {
      expect(error.message).toContain(`a3c (worker ${worker}): got a worker thread that ended with exit code 3;`);
    }
  });

  test('by never returning', async () => {
    for (const { error } of await lossesOf('hanging', { timeoutMs: 200 })) expect(error.message).toContain('got no answer for 200 ms;');
  });

  test('by needing too much memory', async () => {
    for (const { error } of await lossesOf('growing', { heapMb: 24 })) expect(error.message).toContain('got a worker thread out of memory;');
  });

  test('again and again ends the run, which can still be saved', async () => {
    const learner = onThreads('alwaysThrowing', 2);
    const updates: A3cUpdate[] = [];
    const error = await (async () => {
      for await (const update of learner.train({ steps: 1_000_000 })) updates.push(update);
    })().catch((thrown) => thrown as Error);
    expect(error).toBeInstanceOf(EnvironmentError);
    expect((error as Error).message).toMatch(/^learner\.train: got worker [01] lost 3 times in a row; expected workers that go on\./);
    expect(((error as Error).cause as Error).message).toContain('the pump is dry');
    expect(updates.flatMap(({ lost }) => lost).length).toBeGreaterThanOrEqual(2);
    const resumed = (await exported.alwaysThrowing.load(learner.toCheckpoint())) as AnyLearner;
    expect(resumed.step).toBe(learner.step);
    expect(resumed.step).toBeGreaterThan(0);
  });
});

/** `PG_KILLS=50 npm run unit -- a3c` for more. */
const kills = Number(process.env.PG_KILLS ?? 6);

test('workers that are killed in turn, at random moments, cost no more than their rollouts', { timeout: 60_000 + kills * 2000 }, async () => {
  const threads: WorkerThread[] = [];
  let inTurn = 0;
  const start: StartThread = (task, listener) => {
    const { worker, run } = task.task.task;
    const onEnd: typeof listener.onEnd = (end) => {
      if (run.words[0] === ownerOf(worker)) inTurn += 1;
      listener.onEnd(end);
    };
    const thread = startThread(task, { ...listener, onEnd });
    threads[worker] = thread;
    return thread;
  };
  const learner = learnA3c({ ...writingParts, seed: 4, workers: 3, module, export: 'writing' }, start) as AnyLearner;
  open.push(learner);
  const delays = Rng.fromSeed(2);
  const updates: A3cUpdate[] = [];
  const lost: LostWorker[] = [];
  /** How many updates the thread has made that is a worker now. */
  const made = [0, 0, 0];
  let killed = 0;
  for await (const update of learner.train({ steps: 10_000_000, until: () => lost.length >= kills })) {
    updates.push(update);
    lost.push(...update.lost);
    for (const { worker } of update.lost) made[worker] = 0;
    made[update.worker]! += 1;
    // a worker that is lost often in a row would end the run
    if (killed > lost.length || killed === kills || made[killed % 3]! <= 100) continue;
    const thread = threads[killed % 3]!;
    setTimeout(() => thread.terminate(), delays.uniform(0, 5));
    killed += 1;
  }
  if (process.env.PG_KILLS) console.log(`killed ${kills} workers, ${inTurn} of them in a turn, after ${updates.length} updates`);
  expect(lost.map(({ worker }) => worker)).toEqual(lost.map((_, i) => i % 3));
  for (const { error } of lost) expect(error.message).toContain('got a worker thread that ended with exit code 1');
  expect(updates.map((update) => update.updates)).toEqual(updates.map((_, i) => i + 1));
  expect(updates.map(({ step }) => step)).toEqual(updates.map((_, i) => i + 1));
  expect(learner.policy.parameters.every(({ values }) => values.every(Number.isFinite))).toBe(true);
  const resumed = (await exported.writing.load(learner.toCheckpoint())) as AnyLearner;
  expect(resumed.step).toBe(learner.step);
});

describe('stopping', () => {
  test('a signal ends all workers in the middle of their work, with everything to save', async () => {
    const learner = onThreads('small', 2);
    const stop = new AbortController();
    const updates: A3cUpdate[] = [];
    for await (const update of learner.train({ steps: 1e9, signal: stop.signal })) {
      updates.push(update);
      if (update.updates === 300) stop.abort();
    }
    // those that workers had made beyond the last one seen count, but are not told
    expect(updates.map((update) => update.updates)).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    expect(learner.step).toBeGreaterThanOrEqual(7 * 300);
    const { step } = learner;
    const resumed = (await exported.small.load(learner.toCheckpoint())) as AnyLearner;
    expect(resumed.step).toBe(learner.step);
    // and they go on
    const more = await train(learner, 700);
    expect(more[0]!.updates).toBe(step / 7 + 1);
    expect(more[0]!.step).toBe(step + 7);
  });

  test('a worker whose update takes long is not waited for', async () => {
    const learner = onThreads('slow', 1);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1000);
    // a rollout takes fifteen seconds
    expect(await train(learner, { steps: 1000, signal: stop.signal })).toEqual([]);
    expect(learner.step).toBe(0);
  });

  test('a learner that is disposed of is of no more use', async () => {
    const learner = onThreads('small', 2);
    await train(learner, 70);
    await learner[Symbol.asyncDispose]();
    expect(() => learner.train({ steps: 1 })).toThrow(DisposedError);
    expect(() => learner.policy).toThrow(DisposedError);
  });
});

describe('what the module exports', () => {
  test.each<[string, Partial<BuildOptions>, string]>([
    [
      'another builder',
      { export: 'remembering' },
      'a3c: got a module that exports another builder: its environment.numEnvs is 2; expected 1, as it is built here.',
    ],
    ['nothing of the name', { export: 'smal' }, 'without a builder under the name "smal"; it exports: '],
    ['nothing, as there is none', { module: new URL('nowhere.mjs', module) }, 'which failed while it was loaded'],
  ])('is refused: %s', async (_, options, message) => {
    const learner = onThreads('small', 2, options);
    const error = await train(learner, 100).catch((thrown) => thrown as Error);
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect((error as Error).message).toContain(message);
  });
});

test('the policy can be used while workers work', async () => {
  const learner = onThreads('writing', 2);
  let evaluations = 0;
  for await (const { updates } of learner.train({ steps: 300 })) {
    if (updates % 50 !== 0) continue;
    expect(learner.policy.parameters.every(({ values }) => values.every(Number.isFinite))).toBe(true);
    evaluations += 1;
  }
  expect(evaluations).toBe(6);
});
