import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DisposedError } from '@pg/core';
import { afterAll, expect, test } from 'vitest';
import { bundled } from '../../../../fixtures/bundled.js';
import * as agents from '../../fixtures/a3c/agents.js';
import { train } from '../../fixtures/learners.js';
import type { Learner } from '../learner/learner.js';
import { learnA3c } from './a3c.js';
import type { A3cUpdate } from './a3c-learner.js';
import { type StartThread, startThread } from './start-thread.js';

// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
type AnyLearner = Learner<any, any, A3cUpdate>;

const module = bundled(new URL('../../fixtures/a3c/agents.ts', import.meta.url));
const open: AnyLearner[] = [];
afterAll(async () => {
  await Promise.all(open.map((learner) => learner[Symbol.asyncDispose]()));
});

function onThreads(workers: number): AnyLearner {
  const learner = agents.small.build({ seed: 3, workers, module, export: 'small' }) as AnyLearner;
  open.push(learner);
  return learner;
}

/** No more updates are unread than the ring for three workers holds. */
const MOST_AHEAD = 500;

test('workers wait for a loop that is slow, and a signal ends it without the updates that it has not read', async () => {
  const learner = onThreads(2);
  const stop = new AbortController();
  const seen: number[] = [];
  for await (const { updates } of learner.train({ steps: 1e9, signal: stop.signal })) {
    seen.push(updates);
    await sleep(20);
    if (updates === 20) stop.abort();
    expect(learner.step / 7 - updates).toBeLessThanOrEqual(MOST_AHEAD);
  }
  expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  const { step } = learner;
  expect(step).toBeGreaterThan(20 * 7);
  // nothing is lost, nothing counts twice
  const more = await train(learner, 700);
  expect(more[0]!.updates).toBe(step / 7 + 1);
  expect(more.at(-1)!.step).toBe(learner.step);
});

test('workers do not run further ahead with every checkpoint in the loop', async () => {
  const learner = onThreads(2);
  const path = new URL(`slow-${process.pid}.safetensors`, module);
  for await (const { updates } of learner.train({ steps: 1e9 })) {
    await sleep(5);
    await learner.saveCheckpoint(path);
    expect(learner.step / 7 - updates).toBeLessThanOrEqual(MOST_AHEAD);
    if (updates === 50) break;
  }
  const resumed = (await agents.small.load(path)) as AnyLearner;
  expect(resumed.step).toBeLessThanOrEqual(learner.step);
});

test('a learner that is disposed of within its loop ends it with an error, as those without threads do', async () => {
  for (const learner of [onThreads(2), agents.small.build({ seed: 3 }) as AnyLearner]) {
    const seen: number[] = [];
    const loop = async () => {
      for await (const { updates } of learner.train({ steps: 1e9 })) {
        seen.push(updates);
        if (updates === 10) learner.dispose();
      }
    };
    await expect(loop()).rejects.toThrow(DisposedError);
    expect(seen).toHaveLength(10);
    await learner[Symbol.asyncDispose]();
    expect(learner.step).toBeGreaterThanOrEqual(70);
  }
});

test('a learner that is disposed of while its loop waits ends it, too', async () => {
  const learner = agents.slow.build({ seed: 3, workers: 1, module, export: 'slow' }) as AnyLearner;
  const waiting = train(learner, 1000).catch((error) => error);
  await sleep(300);
  await learner[Symbol.asyncDispose]();
  expect(await waiting).toBeInstanceOf(DisposedError);
});

test('a loop that is aborted while modules are loaded ends', async () => {
  const learner = onThreads(2);
  const stop = new AbortController();
  const waiting = train(learner, { steps: 1000, signal: stop.signal });
  stop.abort();
  expect(await waiting).toEqual([]);
  expect(learner.step).toBe(0);
});

test('a learner that nobody holds any more takes its threads with it, one whose loop is held does not', async () => {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  let ended = 0;
  const start: StartThread = (task, listener) =>
    startThread(task, {
      ...listener,
      onEnd(end) {
        ended += 1;
        listener.onEnd(end);
      },
    });
  const begin = () => {
    const learner = learnA3c({ ...agents.writingParts, seed: 4, workers: 2, module, export: 'writing' }, start) as AnyLearner;
    return learner.train({ steps: 1e9 });
  };
  const held = begin();
  await held.next();
  await (async () => void (await begin().next()))();
  for (let tries = 0; ended < 2 && tries < 200; tries++) {
    gc();
    await sleep(50);
  }
  expect(ended).toBe(2);
  gc();
  await sleep(50);
  expect((await held.next()).value!.updates).toBe(2);
  await held.return();
  expect(ended).toBe(2);
});
