import { type GlobalUrl, InvalidOptionsError } from '@pg/core';
import { DEFAULT_TIMEOUT_MS, isModuleUrl, type ThreadOptions } from '@pg/core/threads';
import * as z from 'zod/mini';

/** A worker of a page or of Node. */
export interface StartedWorker {
  /** Sends something, some of which it no longer has afterwards. */
  postMessage(message: unknown, transfer: never[]): void;
  /** Ends it. */
  terminate(): unknown;
}

/** How a run is spread over worker threads. */
export interface WorkerOptions {
  /**
   * How many worker threads; 0 by default: everything is done in the calling thread. Node only, but for A3C, whose workers run on pages as
   * well. What comes of it is the same for any number; with A3C only for 0 and 1.
   */
  readonly workers?: number;
  /**
   * The module that exports the very builder that is built, for example `new URL('./agent.js', import.meta.url)`; needed with
   * workers. Every thread imports it, and so should the program.
   */
  readonly module?: GlobalUrl | string;
  /** The name under which the module exports it; `default` by default. */
  readonly export?: string;
  /**
   * Starts a worker whose file calls `serveWorker(agent)`, in place of `module`; A3C only. Bundlers follow the expression as it stands here:
   * `() => new Worker(new URL('./agent.worker.ts', import.meta.url), { type: 'module' })`. In Node `Worker` is that of `node:worker_threads`.
   */
  readonly startWorker?: () => StartedWorker;
  /** After how many milliseconds without an answer a worker counts as hanging; 60,000 by default, may be infinite. */
  readonly timeoutMs?: number;
  /** The most memory for each worker's objects, in megabytes; Node's own limit by default. */
  readonly heapMb?: number;
}

const positive = z.custom<number>((value) => typeof value === 'number' && value > 0, { error: 'a positive number' });

/** For the options of `build` and `load`, and of the plain twins. */
export const workerShape = {
  workers: z.optional(z.int().check(z.gte(0))),
  module: z.optional(z.custom<URL | string>(isModuleUrl, { error: "a module's URL, for example new URL('./agent.js', import.meta.url)" })),
  export: z.optional(z.string().check(z.minLength(1))),
  startWorker: z.optional(
    z.custom<() => StartedWorker>((value) => typeof value === 'function', {
      error: "a function that starts a worker, for example () => new Worker(new URL('./agent.worker.ts', import.meta.url), { type: 'module' })",
    }),
  ),
  timeoutMs: z.optional(positive),
  heapMb: z.optional(positive),
};

/** What threads are started with. */
export interface Workers {
  /** How many; at least 1. */
  readonly count: number;
  readonly options: ThreadOptions;
  /** Starts one in place of the module. */
  readonly startWorker: (() => StartedWorker) | undefined;
}

/**
 * The worker threads that options ask for; undefined for none.
 *
 * @throws InvalidOptionsError when there is no module for them
 */
export function workersOf(where: string, options: WorkerOptions): Workers | undefined {
  const { workers: count = 0, module, export: name = 'default', timeoutMs = DEFAULT_TIMEOUT_MS, heapMb, startWorker } = options;
  if (count === 0) return undefined;
  const threads = { export: name, timeoutMs, heapMb };
  if (startWorker) {
    requireAlone(where, options);
    return { count, options: { module: 'of startWorker', ...threads }, startWorker };
  }
  if (module !== undefined) return { count, options: { module: String(module), ...threads }, startWorker };
  throw new InvalidOptionsError({
    where,
    got: `workers: ${count} without a module`,
    expected: "module: new URL('./agent.js', import.meta.url), which exports the builder",
    remedy: 'Move the builder into a module of its own, export it there, and name that module: every worker imports it. Or leave "workers" out.',
  });
}

/** A worker that the program starts has its file and its limits from there. */
function requireAlone(where: string, options: WorkerOptions): void {
  const other = (['module', 'export', 'heapMb'] as const).find((name) => options[name] !== undefined);
  if (other === undefined) return;
  throw new InvalidOptionsError({
    where,
    got: `startWorker with "${other}"`,
    expected: 'one of the two',
    remedy:
      other === 'heapMb' ? 'Give the Worker of Node its resourceLimits.' : 'The file of the worker passes the builder to serveWorker(): leave the module out.',
  });
}
