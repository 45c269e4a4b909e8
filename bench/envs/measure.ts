import type { Effort } from '../shared/benchmark.js';
import { median, range } from '../shared/statistics.js';
import type { Player, Row } from './row.js';

/** Steps of single copies in a second of processor time, so that other work on the machine counts less. */
export interface Speed {
  /** Bytes by which the heap grows for each step; 0 but for what the runtime does meanwhile. */
  readonly heapGrowth: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Warms up, then measures several times. */
export function measure(row: Row, { repetitions, seconds }: Effort): Speed {
  const player = row.prepare();
  speedOf(player, seconds);
  const speeds = Array.from({ length: repetitions }, () => speedOf(player, seconds));
  const [least, most] = range(speeds);
  return { heapGrowth: heapGrowthOf(player), median: median(speeds), least, most };
}

/** Plays for so many seconds of processor time, looking at the clock every 64 rounds. */
function speedOf(player: Player, seconds: number): number {
  const start = process.cpuUsage();
  for (let rounds = 64; ; rounds += 64) {
    for (let i = 0; i < 64; i++) player.round();
    const { user, system } = process.cpuUsage(start);
    const took = (user + system) / 1e6;
    if (took >= seconds) return (rounds * player.steps) / took;
  }
}

/** The least of several looks: where the compiler is late, because other work keeps it waiting, numbers are boxed until it comes. */
function heapGrowthOf(player: Player): number {
  return Math.min(...Array.from({ length: 8 }, () => Math.abs(heapGrowthNow(player))));
}

/** The median of several short plays, as the collector may run during one. */
function heapGrowthNow(player: Player): number {
  const growths = Array.from({ length: 5 }, () => {
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 256; i++) player.round();
    return (process.memoryUsage().heapUsed - before) / (256 * player.steps);
  });
  return median(growths);
}
