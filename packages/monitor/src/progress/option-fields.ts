import * as z from 'zod/mini';
import type { ProgressStream } from './progress-stream.js';

/** The field of a schema for where lines are written; `process.stderr` by default, so that a program's own output can be piped. */
export const streamField = z._default(
  z.custom<ProgressStream>((value) => typeof (value as ProgressStream | null)?.write === 'function', 'a stream to write to, such as process.stderr'),
  () => process.stderr,
);

/** A clock in milliseconds. */
export const clock = z.custom<() => number>((value) => typeof value === 'function', 'a function that returns milliseconds');

/** The field of a schema for a clock that only goes forward; `performance.now` by default. */
export const clockField = z._default(clock, () => () => performance.now());

/** The field of a schema for the environment steps that were done before; none by default. */
export const startField = z._default(z.number().check(z.gte(0)), 0);
