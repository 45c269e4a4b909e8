import type { Effort } from '../benchmark.js';
import type { Skipped } from '../peers/peer-file.js';
import { median, range } from '../statistics.js';
import type { Contest, Row } from './row.js';

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

/** Lets ours and the peer take turns. The first turn of ours, in which the compiler is still at work, does not count. */
export async function measure(row: Row, { repetitions, seconds }: Effort): Promise<Measured | Skipped> {
  const contest = await row.prepare(seconds);
  if ('skipped' in contest) return contest;
  if (row.unit === 'steps/s') await contest.ours();
  return summarize(await takeTurns(contest, repetitions));
}

/** What a turn of ours gave, and the peer's next to it. */
export type Pair<T> = readonly [ours: T, peer: T | undefined];

/** Ours, peer, ours, peer … */
export async function takeTurns<T>({ ours, peer }: Contest<T>, repetitions: number): Promise<Pair<T>[]> {
  const pairs: Pair<T>[] = [];
  for (let i = 0; i < repetitions; i++) pairs.push([await ours(), await peer?.()]);
  return pairs;
}

/** What the turns come to. */
export function summarize(pairs: readonly Pair<number>[]): Measured {
  const ours = median(pairs.map(([own]) => own));
  if (pairs[0]![1] === undefined) return { ours, spread: range(pairs.map(([own]) => own)) };
  const peer = median(pairs.map(([, other]) => other!));
  return { ours, peer, ratio: ours / peer, spread: range(pairs.map(([own, other]) => own / other!)) };
}
