import { type GlobalUrl, isUrl } from '@pg/core';

/** Options of threads that run what a module exports. */
export interface ThreadOptions {
  /** The module's URL. */
  readonly module: string;
  /** The name of the export. */
  readonly export: string;
  /** After how many milliseconds without an answer a thread counts as hanging. */
  readonly timeoutMs: number;
  /** The most memory for each thread's objects, in megabytes; Node's own limit by default. */
  readonly heapMb: number | undefined;
}

/** How long a thread may take to answer unless an option says otherwise, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 60_000;

/** Whether a value names a module: a URL, or one as text. */
export function isModuleUrl(value: unknown): value is GlobalUrl | string {
  return isUrl(value) || (typeof value === 'string' && URL.canParse(value));
}
