import type { Times } from './measure.js';
import type { Row } from './row.js';

/** Billions of floating-point operations a second, for rows that count them. */
export function gflops({ operations }: Row, seconds: number): number | undefined {
  return operations === undefined ? undefined : operations / seconds / 1e9;
}

/** Whether a row's target was reached: nothing for a row without one. */
export function isReached(row: Row, { ours, ratio }: Times): boolean | undefined {
  const { target } = row;
  if (target === undefined) return undefined;
  return ratio >= target.ratio || (target.gflops !== undefined && (gflops(row, ours) ?? 0) >= target.gflops);
}
