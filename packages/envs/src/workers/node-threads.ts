import { InvalidOptionsError, UnavailableError } from '@pg/core';

type Threads = typeof import('node:worker_threads');

/**
 * Node's module for threads, asked for when it is needed: an import would keep the package out of browsers.
 *
 * @throws UnavailableError where there is none
 */
export function nodeThreads(where: string): Threads {
  const runtime = (globalThis as { process?: { getBuiltinModule?(id: string): Threads | undefined } }).process;
  const threads = runtime?.getBuiltinModule?.('node:worker_threads');
  if (threads !== undefined) return threads;
  throw new UnavailableError({
    where,
    got: 'worker threads for environments in a runtime without node:worker_threads',
    expected: 'Node 20.16 or later',
    remedy: 'In a browser leave "workers" out, and run the whole learner in a Worker: waiting for other threads is forbidden on the page\'s own thread.',
  });
}

/** Refuses to start threads on a thread of a shard, whose module would start itself for ever. */
export function requireOutside(where: string): void {
  const data = nodeThreads(where).workerData as { identity?: unknown; rows?: unknown } | null;
  if (data?.identity === undefined || data.rows === undefined) return;
  throw new InvalidOptionsError({
    where,
    got: 'worker threads to be started on a worker thread of environments',
    expected: 'a module that exports an environment and starts nothing',
    remedy: 'Move the environment into a module of its own, which the program and workers.module both name.',
  });
}
