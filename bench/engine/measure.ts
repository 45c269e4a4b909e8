import type { Effort } from '../shared/benchmark.js';
import type { Skipped } from '../shared/peers/peer-file.js';
import { median, range } from '../shared/statistics.js';
import type { Contender, Row } from './row.js';

/** Seconds for one piece of work. */
export interface Times {
  readonly ours: number;
  readonly peer: number;
  /** How many times faster ours is: the peer's median over our median. */
  readonly ratio: number;
  /** The least and the greatest ratio of two neighbouring repetitions. */
  readonly spread: readonly [number, number];
}

/** What was measured of a row, or why it could not be. */
export type Measurement = Times | Skipped;

/** Pieces of work that both sides do before their outcomes are compared. */
const COMPARED = 2;

/** Compares the outcomes, warms both sides up, then measures them in turn: ours, peer, ours, peer … */
export async function measure(row: Row, effort: Effort): Promise<Measurement> {
  const contest = await row.prepare();
  if ('skipped' in contest) return contest;
  const { ours, peer } = contest;
  try {
    await assertSameWork(row, ours, peer);
    const ourTimes = await timesFor(ours, effort.seconds);
    const peerTimes = await timesFor(peer, effort.seconds);
    const pairs: [number, number][] = [];
    for (let i = 0; i < effort.repetitions; i++) pairs.push([(await ours.run(ourTimes)) / ourTimes, (await peer.run(peerTimes)) / peerTimes]);
    return summarize(pairs);
  } finally {
    ours.dispose();
    peer.dispose();
  }
}

function summarize(pairs: readonly [number, number][]): Times {
  const ours = median(pairs.map(([time]) => time));
  const peer = median(pairs.map(([, time]) => time));
  const ratios = pairs.map(([ourTime, peerTime]) => peerTime / ourTime);
  return { ours, peer, ratio: peer / ours, spread: range(ratios) };
}

/** Both started from the same numbers and did the same number of pieces: if the outcomes differ, so did the work. */
async function assertSameWork(row: Row, ours: Contender, peer: Contender): Promise<void> {
  await ours.run(COMPARED);
  await peer.run(COMPARED);
  const [got, expected] = [await ours.outcome(), await peer.outcome()];
  const scale = Math.max(...Array.from(expected, Math.abs));
  const difference = Math.max(...Array.from(expected, (value, i) => Math.abs(value - got[i]!))) / scale;
  if (got.length === expected.length && difference <= row.tolerance) return;
  throw new Error(`${row.name}: ours and ${row.peer} do not compute the same: they differ by ${difference} relative to ${scale}; allowed is ${row.tolerance}.`);
}

/** Warms up, and finds how many pieces of work take at least so many seconds. */
async function timesFor(contender: Contender, seconds: number): Promise<number> {
  let times = 1;
  // Twice as often each time: the last turns are all warm, and the one before has run as long as all others together.
  for (;;) {
    const took = await contender.run(times);
    if (took >= seconds) return times;
    times = took > seconds / 10 ? Math.ceil((1.1 * times * seconds) / took) : times * 2;
  }
}
