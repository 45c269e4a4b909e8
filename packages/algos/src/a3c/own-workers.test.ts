import { Worker } from 'node:worker_threads';
import { InvalidOptionsError, UnavailableError } from '@pg/core';
import { cartPole, vectorize } from '@pg/envs';
import { actorCritic, mlp } from '@pg/policies';
import { expect, test } from 'vitest';
import { bundled, moduleOf } from '../../../../fixtures/bundled.js';
import { remembering, small } from '../../fixtures/a3c/agents.js';
import { train } from '../../fixtures/learners.js';
import { a2c } from '../algorithms/a2c.js';
import { serveWorker } from '../workers/serve-worker.js';
import type { StartedWorker } from '../workers/worker-options.js';
import { lossError } from './lost-worker.js';

const file = bundled(new URL('../../fixtures/a3c/served.ts', import.meta.url));
const startWorker = () => new Worker(file);

test('a worker that the program starts has the bits of the loop in process', async () => {
  const [local, own] = [small.build({ seed: 3 }), small.build({ seed: 3, workers: 1, startWorker })];
  expect(await train(own, 2000)).toEqual(await train(local, 2000));
  expect(Buffer.compare(own.toCheckpoint(), local.toCheckpoint())).toBe(0);
  await own[Symbol.asyncDispose]();
});

test('several make every update, in order, and go on after a signal', async () => {
  const learner = small.build({ seed: 3, workers: 3, startWorker });
  const stop = new AbortController();
  const seen: number[] = [];
  for await (const { updates } of learner.train({ steps: 1e9, signal: stop.signal })) {
    seen.push(updates);
    if (updates === 300) stop.abort();
  }
  expect(seen).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  const { step } = learner;
  const more = await train(learner, 70);
  expect(more[0]!.updates).toBe(step / 7 + 1);
  await learner[Symbol.asyncDispose]();
});

test.each<[string, () => StartedWorker, string]>([
  [
    'a file that is not there',
    () => new Worker(new URL('nowhere.mjs', file)),
    'a3c: got a worker of startWorker that was not started: Error "Cannot find module',
  ],
  ['a file that throws', () => new Worker(moduleOf('dry.mjs', 'throw new RangeError("the pump is dry");')), 'RangeError "the pump is dry";'],
  [
    'a start that throws',
    () => {
      throw new ReferenceError('Worker is not defined');
    },
    'was not started: Worker is not defined; expected a worker whose file calls serveWorker(agent).',
  ],
  ['a file that does nothing', () => new Worker(moduleOf('idle.mjs', '')), 'a worker of startWorker that ended with exit code 0 before it was ready;'],
  ['no worker', () => undefined as never, 'a3c: got a worker of startWorker that was not started: '],
])('%s is told at once', async (_, start, message) => {
  const learner = small.build({ seed: 3, workers: 2, startWorker: start });
  const error = await train(learner, 100).catch((thrown) => thrown as Error);
  expect(error).toBeInstanceOf(UnavailableError);
  expect((error as Error).message).toContain(message);
  await learner[Symbol.asyncDispose]();
});

test('a file that serves nothing is told after the deadline', () => {
  const options = { module: '', export: 'default', timeoutMs: 1, heapMb: undefined };
  const end = { crash: undefined, exitCode: 1, failure: undefined };
  const error = lossError({ worker: 0, starting: true, hanging: true, ownWorker: true, options, ...end });
  expect(error.message).toContain('a3c: got a worker of startWorker that was not ready after 60000 ms; expected a worker whose file calls serveWorker(agent).');
});

test('a file that serves another builder is refused', async () => {
  const learner = remembering.build({ seed: 3, workers: 1, startWorker });
  const error = await train(learner, 100).catch((thrown) => thrown as Error);
  expect(error).toBeInstanceOf(InvalidOptionsError);
  expect((error as Error).message).toContain('got a module that exports another builder: its environment.numEnvs is 1; expected 2');
});

test('options that do not go together are refused', () => {
  const build = (options: object) => () => small.build({ seed: 3, workers: 1, startWorker, ...options });
  expect(build({ module: file })).toThrow('a3c: got startWorker with "module"; expected one of the two.');
  expect(build({ heapMb: 64 })).toThrow('Give the Worker of Node its resourceLimits.');
  expect(build({ startWorker: 3 })).toThrow('startWorker');
  const sharded = a2c()
    .env(vectorize(cartPole(), { numEnvs: 2 }))
    .policy(actorCritic({ encoder: mlp([4]) }));
  expect(() => sharded.build({ seed: 3, workers: 1, startWorker })).toThrow(
    'a2c: got startWorker; expected the module that exports the builder. startWorker is for a3c.',
  );
});

test('serveWorker is for the files of workers, and for builders', () => {
  expect(() => serveWorker(small)).toThrow(InvalidOptionsError);
  expect(() => serveWorker({} as never)).toThrow('serveWorker: got an object with keys []; expected what a3c().env(…).policy(…) returns.');
});
