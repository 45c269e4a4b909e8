import type { Pointer } from '../kernels.js';
import type { PlanContext } from '../plan.js';
import type { Signal } from './signal.js';

/** Inputs that are stored as bytes, as numbers: a few rows at a time, which stay in the cache until they have been read. */
export interface ByteRows {
  /** The most rows at a time. */
  readonly most: number;
  /** Converts `count` rows from row `first` on; the numbers [count, size] are there until the next call. */
  load(first: number, count: number): Pointer;
}

/** Reserves scratch for rows of bytes. */
export function byteRows({ arena, kernels }: PlanContext, { values, size }: Signal, scale: number, most: number): ByteRows {
  const scratch = arena.reserve(most * size);
  return {
    most,
    load(first, count) {
      kernels.bytesToFloats(values + first * size, scratch, count * size, scale);
      return scratch;
    },
  };
}
