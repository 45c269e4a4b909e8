import type { MessagePort } from 'node:worker_threads';
import { InvalidOptionsError, UnavailableError } from '@pg/core';
import type { ThreadPort } from './thread-task.js';

type Threads = typeof import('node:worker_threads');

/** What the threads are for, in words. */
export interface ThreadWords {
  /** The function that needs them. */
  readonly where: string;
  /** What runs on them: "environments". */
  readonly runs: string;
  /** What to do where there are none. */
  readonly remedy: string;
}

/**
 * Node's module for threads, asked for when it is needed: an import would keep the package out of browsers. The caller names its type, so
 * that programs without Node's types compile.
 *
 * @throws UnavailableError where there is none
 */
export function nodeThreads<TThreads>({ where, runs, remedy }: ThreadWords): TThreads {
  const threads = findThreads();
  if (threads !== undefined) return threads as TThreads;
  throw new UnavailableError({
    where,
    got: `worker threads for ${runs} in a runtime without node:worker_threads`,
    expected: 'Node 20.16 or later',
    remedy,
  });
}

/**
 * Refuses to start threads on one that this SDK has started: the module of that thread would start itself for ever.
 *
 * @throws InvalidOptionsError on such a thread
 */
export function requireProgramThread(words: ThreadWords): void {
  const data = nodeThreads<Threads>(words).workerData as { exportName?: unknown; channel?: unknown } | null;
  if (data?.exportName === undefined || data.channel === undefined) return;
  throw new InvalidOptionsError({
    where: words.where,
    got: `worker threads to be started on a worker thread of ${words.runs}`,
    expected: 'a module that exports what the threads run, and starts nothing',
    remedy: 'Move what it exports into a module of its own, which the program and the option "module" both name.',
  });
}

/** The next message that lies in a thread's letterbox, at once; undefined if there is none. */
export function receiveMessage(port: ThreadPort): unknown {
  return findThreads()?.receiveMessageOnPort(port as MessagePort)?.message;
}

function findThreads(): Threads | undefined {
  const runtime = (globalThis as { process?: { getBuiltinModule?(id: string): Threads | undefined } }).process;
  return runtime?.getBuiltinModule?.('node:worker_threads');
}
