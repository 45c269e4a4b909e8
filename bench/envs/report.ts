import type { Machine } from '../shared/machine.js';
import type { Speed } from './measure.js';
import type { Row } from './row.js';

/** The first lines of the table. */
export function heading({ cpu, cores, node, platform }: Machine): string {
  return `${cpu}, ${cores} cores, ${platform}, Node ${node.slice(1)}; one thread, steps of single copies in a second of processor time\n`;
}

/** A line of the table. */
export function tableRow(row: Row, { median, least, most }: Speed): string {
  const verdict = row.target === undefined ? '' : `  target ${thousands(row.target)}: ${median >= row.target ? 'reached' : 'missed'}`;
  return `${row.name.padEnd(16)}${thousands(median).padStart(12)}  ${`${thousands(least)}..${thousands(most)}`.padEnd(24)}${row.title}${verdict}`;
}

/** All results for programs. */
export function toJson(machine: Machine, results: readonly (readonly [Row, Speed])[]): string {
  const rows = results.map(([{ name, title, target, noAllocation }, { median, least, most, heapGrowth }]) => {
    const reached = target === undefined ? undefined : median >= target;
    return { name, title, target, stepsPerSecond: median, spread: [least, most], reached, heapGrowth, noAllocation };
  });
  return JSON.stringify({ machine, rows }, null, 2);
}

function thousands(speed: number): string {
  return Math.round(speed).toLocaleString('en-US');
}
