import { DEFAULT_TIMEOUT_MS, isModuleUrl, type ThreadOptions } from '@pg/core/threads';
import * as z from 'zod/mini';

/** How {@link vectorize} spreads copies over worker threads. */
export interface WorkerOptions {
  /** How many threads; each steps a fixed share of the copies, so more than there are copies are not started. */
  readonly count: number;
  /**
   * The module that exports the very specification that is vectorised, for example `new URL('./my-env.js', import.meta.url)`.
   * Every thread imports it, and so should the program: what it exports is what both sides run.
   */
  readonly module: URL | string;
  /** The name under which the module exports it; `default` by default. */
  readonly export?: string;
  /** After how many milliseconds without an answer the environments count as hanging; 60,000 by default, may be infinite. */
  readonly timeoutMs?: number;
  /** The most memory for each thread's objects, in megabytes; Node's own limit by default. */
  readonly heapMb?: number;
}

/** The same, checked and complete. */
export interface ParsedWorkerOptions extends ThreadOptions {
  /** The number of threads asked for. */
  readonly count: number;
}

const positive = z.custom<number>((value) => typeof value === 'number' && value > 0, { error: 'a positive number' });
const aModule = z.custom<URL | string>(isModuleUrl, {
  error: "a module's URL, for example new URL('./my-env.js', import.meta.url)",
});

/** For the options of `vectorize`. */
export const workersSchema = z.pipe(
  z.strictObject(
    {
      count: z.int().check(z.gte(1)),
      module: aModule,
      export: z._default(z.string().check(z.minLength(1)), 'default'),
      timeoutMs: z._default(positive, DEFAULT_TIMEOUT_MS),
      heapMb: z.optional(positive),
    },
    { error: ({ code }) => (code === 'invalid_type' ? "{ count, module: new URL('./my-env.js', import.meta.url), export: 'name' }" : undefined) },
  ),
  z.transform(({ module, heapMb, ...options }): ParsedWorkerOptions => ({ ...options, heapMb, module: String(module) })),
);
