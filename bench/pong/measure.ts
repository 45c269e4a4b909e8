import type { Effort } from '../shared/benchmark.js';
import type { Row } from './row.js';

/** What was measured, in the row's unit. */
export interface Measured {
  /** The median. */
  readonly ours: number;
  /** The median. */
  readonly peer?: number;
  /** How many times faster ours is: the ratio of the medians. */
  readonly ratio?: number;
  /** The least and the greatest ratio of two neighbouring turns, or measurement where there is no peer. */
  readonly spread: readonly [number, number];
}

/** What was measured of a row, or why it could not be. */
export type Measurement = Measured | { readonly skipped: string };

/** Lets ours and the peer take turns: ours, peer, ours, peer … The first turn of ours, in which the compiler is still at work, does not count. */
export async function measure(row: Row, { repetitions, seconds }: Effort): Promise<Measurement> {
  const contest = await row.prepare(seconds);
  if ('skipped' in contest) return contest;
  const { ours, peer } = contest;
  if (row.unit === 'steps/s') await ours();
  const pairs: [number, number | undefined][] = [];
  for (let i = 0; i < repetitions; i++) pairs.push([await ours(), await peer?.()]);
  return summarize(pairs);
}

function summarize(pairs: readonly [number, number | undefined][]): Measured {
  const ours = median(pairs.map(([own]) => own));
  if (pairs[0]![1] === undefined) return { ours, spread: range(pairs.map(([own]) => own)) };
  const peer = median(pairs.map(([, other]) => other!));
  return { ours, peer, ratio: ours / peer, spread: range(pairs.map(([own, other]) => own / other!)) };
}

function range(numbers: readonly number[]): [number, number] {
  return [Math.min(...numbers), Math.max(...numbers)];
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
