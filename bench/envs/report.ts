import { describeMachine, type Machine } from '../shared/machine.js';
import { thousands, verdict } from '../shared/table.js';
import type { Speed } from './measure.js';
import type { Row } from './row.js';

/** The first lines of the table. */
export function heading(machine: Machine): string {
  return `${describeMachine(machine)}; one thread, steps of single copies in a second of processor time\n`;
}

/** A line of the table. */
export function tableRow(row: Row, { median, least, most }: Speed): string {
  const remark = row.target === undefined ? '' : `  target ${thousands(row.target)}: ${verdict(median >= row.target)}`;
  return `${row.name.padEnd(16)}${thousands(median).padStart(12)}  ${`${thousands(least)}..${thousands(most)}`.padEnd(24)}${row.title}${remark}`;
}

/** All results for programs. */
export function toJson(machine: Machine, results: readonly (readonly [Row, Speed])[]): string {
  const rows = results.map(([{ name, title, target, noAllocation }, { median, least, most, heapGrowth }]) => {
    const reached = target === undefined ? undefined : median >= target;
    return { name, title, target, stepsPerSecond: median, spread: [least, most], reached, heapGrowth, noAllocation };
  });
  return JSON.stringify({ machine, rows }, null, 2);
}
