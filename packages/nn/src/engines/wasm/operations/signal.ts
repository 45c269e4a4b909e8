import type { Pointer } from '../kernels.js';

/** What flows between operations: the values of all rows, and the gradients of a block of rows or of all. */
export interface Signal {
  /** Numbers a row. */
  readonly size: number;
  /** [rows, size]. */
  readonly values: Pointer;
  /** [block or rows, size]; 0 where no gradient is wanted. */
  readonly gradient: Pointer;
  /** Whether the gradient has a place for every row instead of one block. */
  readonly gradientOfAllRows: boolean;
}

/** The address of a signal's values from a row on. */
export function valuesAt(signal: Signal, row: number): Pointer {
  return signal.values + row * signal.size * 4;
}

/** The address of a signal's gradient for the block that begins at a row. */
export function gradientAt(signal: Signal, row: number): Pointer {
  return signal.gradientOfAllRows ? signal.gradient + row * signal.size * 4 : signal.gradient;
}
