import { type GlobalUrl, InvalidOptionsError } from '@pg/core';
import { DEFAULT_TIMEOUT_MS, isModuleUrl, type ThreadOptions } from '@pg/core/threads';
import * as z from 'zod/mini';

/** How {@link vectorize} spreads copies over worker threads. */
export interface WorkerOptions {
  /**
   * How many worker threads; 0 by default: the learner's thread steps all copies. Each steps a fixed share of them, so more than there are
   * copies are not started, and the results are the same for any number. Node only.
   */
  readonly workers?: number;
  /**
   * The module that exports the very specification that is vectorised, for example `new URL('./my-env.js', import.meta.url)`; needed with
   * workers. Every thread imports it, and so should the program: what it exports is what both sides run.
   */
  readonly module?: GlobalUrl | string;
  /** The name under which the module exports it; `default` by default. */
  readonly export?: string;
  /** After how many milliseconds without an answer the environments count as hanging; 60,000 by default, may be infinite. */
  readonly timeoutMs?: number;
  /** The most memory for each worker's objects, in megabytes; Node's own limit by default. */
  readonly heapMb?: number;
}

/** The threads that options ask for, with all that they are started with. */
export interface ParsedWorkerOptions extends ThreadOptions {
  /** The number of threads asked for. */
  readonly count: number;
}

const positive = z.custom<number>((value) => typeof value === 'number' && value > 0, { error: 'a positive number' });

/** For the options of `vectorize`. */
export const workerShape = {
  workers: z.optional(z.int().check(z.gte(0))),
  module: z.optional(z.custom<URL | string>(isModuleUrl, { error: "a module's URL, for example new URL('./my-env.js', import.meta.url)" })),
  export: z.optional(z.string().check(z.minLength(1))),
  timeoutMs: z.optional(positive),
  heapMb: z.optional(positive),
};

/**
 * The worker threads that options ask for; undefined for none.
 *
 * @throws InvalidOptionsError when there is no module for them
 */
export function workersOf(options: WorkerOptions): ParsedWorkerOptions | undefined {
  const { workers: count = 0, module, export: name = 'default', timeoutMs = DEFAULT_TIMEOUT_MS, heapMb } = options;
  if (count === 0) return undefined;
  if (module !== undefined) return { count, module: String(module), export: name, timeoutMs, heapMb };
  throw new InvalidOptionsError({
    where: 'vectorize',
    got: `workers: ${count} without a module`,
    expected: "module: new URL('./my-env.js', import.meta.url), which exports the environment",
    remedy: 'Move the environment into a module of its own, export it there, and name that module: every worker imports it. Or leave "workers" out.',
  });
}
