import type { Effort } from '../shared/benchmark.js';
import { type Measured, type Pair, summarize, takeTurns } from '../shared/contest/measure.js';
import type { Row } from '../shared/contest/row.js';
import type { Skipped } from '../shared/peers/peer-file.js';
import type { Rate } from './rate.js';

/** Steps a second, and beside them what a busy machine disturbs less. */
export interface MeasuredRates extends Measured {
  /** Milliseconds of processors' time for a thousand steps; here the lower is the better. */
  readonly cpuMsPer1000: Measured;
}

/** Lets ours and the peer take turns; each begins anew and warms up by itself. */
export async function measure(row: Row<Rate>, { repetitions, seconds }: Effort): Promise<MeasuredRates | Skipped> {
  const contest = await row.prepare(seconds);
  if ('skipped' in contest) return contest;
  const pairs = await takeTurns(contest, repetitions);
  const of = (name: keyof Rate) => summarize(pairs.map(([ours, peer]): Pair<number> => [ours[name], peer?.[name]]));
  return { ...of('stepsPerSecond'), cpuMsPer1000: of('cpuMsPer1000') };
}
