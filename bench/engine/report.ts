import { describeMachine, type Machine } from '../shared/machine.js';
import { tableLine, threeDigits, verdict } from '../shared/table.js';
import type { Measurement } from './measure.js';
import type { Row } from './row.js';
import { gflops, isReached } from './verdict.js';

const COLUMNS = ['ours', 'peer', 'ratio', 'min..max', 'target', ''];
const WIDTHS = [12, 12, 8, 14, 15, 9];

/** The first lines of the table. */
export function heading(machine: Machine): string {
  return `${describeMachine(machine)}; one thread, ratio of medians\n\n${tableLine(COLUMNS, WIDTHS)}`;
}

/** A row of the table: what was done on one line, the numbers on the next, so that it fits 80 columns. */
export function tableRow(row: Row, measured: Measurement): string {
  const title = `${row.title} (against ${row.peer}; ${row.name})`;
  if ('skipped' in measured) return `${title}\n  skipped: ${measured.skipped}`;
  const { ours, peer, ratio, spread } = measured;
  const speeds = [speed(row, ours), speed(row, peer), `${threeDigits(ratio)}×`, spread.map(threeDigits).join('..')];
  return `${title}\n${tableLine([...speeds, targetText(row), verdict(isReached(row, measured))], WIDTHS)}`;
}

/** All results for programs. */
export function toJson(machine: Machine, results: readonly (readonly [Row, Measurement])[]): string {
  const rows = results.map(([row, measured]) => {
    const { name, title, peer, target } = row;
    const about = { name, title, peer, target };
    if ('skipped' in measured) return { ...about, skipped: measured.skipped };
    const { ours, peer: theirs, ratio, spread } = measured;
    const seconds = { ours, peer: theirs };
    return { ...about, seconds, gflops: gflops(row, ours), peerGflops: gflops(row, theirs), ratio, spread, reached: isReached(row, measured) };
  });
  return JSON.stringify({ machine, rows }, null, 2);
}

function targetText({ target }: Row): string {
  if (target === undefined) return '';
  return target.gflops === undefined ? `${target.ratio}×` : `${target.ratio}× or ${target.gflops} GF`;
}

function speed(row: Row, seconds: number): string {
  const rate = gflops(row, seconds);
  if (rate !== undefined) return `${rate.toFixed(1)} GF/s`;
  return seconds < 1e-3 ? `${threeDigits(seconds * 1e6)} µs` : `${threeDigits(seconds * 1e3)} ms`;
}
