import type { Machine } from '../shared/machine.js';

/** How fast something is. */
export interface Rate {
  readonly stepsPerSecond: number;
  /** Milliseconds of processors' time for a thousand steps. */
  readonly cpuMsPer1000: number;
}

/** One turn of each contender. */
export interface Round {
  readonly one: Rate;
  readonly two: Rate;
  readonly peer: Rate | undefined;
}

/** What the rounds come to: medians of the ratios within a round. */
export interface Summary {
  /** One worker's steps a second over the peer's. */
  readonly againstPeer: number | undefined;
  /** The peer's processor time for a step over one worker's. */
  readonly cpuAgainstPeer: number | undefined;
  /** Two workers' steps a second over one's. */
  readonly twoAgainstOne: number;
  /** One worker's processor time for a step over that of two. */
  readonly cpuTwoAgainstOne: number;
}

const COLUMNS = ['one worker', 'ms CPU/1000', 'PyTorch', 'ms CPU/1000', 'two workers', 'ms CPU/1000'];

/** The first lines of the table. */
export function heading({ cpu, cores, node }: Machine): string {
  return `${cpu}, ${cores} cores, Node ${node}; steps a second\n\n${line(COLUMNS)}`;
}

/** A line of the table. */
export function tableRow({ one, two, peer }: Round): string {
  return line([one, peer, two].flatMap((rate) => [rate?.stepsPerSecond.toFixed(0) ?? 'none', rate?.cpuMsPer1000.toFixed(0) ?? '']));
}

/** Medians over all rounds. */
export function summarize(rounds: readonly Round[]): Summary {
  const peers = rounds.flatMap(({ one, peer }) => (peer ? [{ one, peer }] : []));
  const some = peers.length > 0;
  return {
    againstPeer: some ? median(peers.map(({ one, peer }) => one.stepsPerSecond / peer.stepsPerSecond)) : undefined,
    cpuAgainstPeer: some ? median(peers.map(({ one, peer }) => peer.cpuMsPer1000 / one.cpuMsPer1000)) : undefined,
    twoAgainstOne: median(rounds.map(({ one, two }) => two.stepsPerSecond / one.stepsPerSecond)),
    cpuTwoAgainstOne: median(rounds.map(({ one, two }) => one.cpuMsPer1000 / two.cpuMsPer1000)),
  };
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)]! + sorted[Math.ceil(sorted.length / 2) - 1]!) / 2;
}

function line(cells: readonly string[]): string {
  return cells.map((cell) => cell.padStart(13)).join('');
}
