import type { Machine } from '../shared/machine.js';
import type { Measured, Measurement } from './measure.js';
import type { Row } from './row.js';

const COLUMNS = ['ours', 'peer', 'ratio', 'min..max', 'target', ''];
const WIDTHS = [14, 14, 8, 14, 12, 9];

/** The first lines of the table. */
export function heading({ cpu, cores, node, platform }: Machine): string {
  return `${cpu}, ${cores} cores, ${platform}, Node ${node.slice(1)}; medians\n\n${line(COLUMNS)}`;
}

/** A row of the table: what was done on one line, the numbers on the next, so that it fits 80 columns. */
export function tableRow(row: Row, measured: Measurement): string {
  const title = `${row.title} (${row.peer === undefined ? '' : `against ${row.peer}; `}${row.name})`;
  if ('skipped' in measured) return `${title}\n  skipped: ${measured.skipped}`;
  const { ours, peer, ratio, spread } = measured;
  const amount = (value: number | undefined) => (value === undefined ? '' : `${Math.round(value).toLocaleString('en-US')} ${row.unit}`);
  const spreadText = spread.map((value) => (ratio === undefined ? `${Math.round(value)}` : threeDigits(value))).join('..');
  return `${title}\n${line([amount(ours), amount(peer), ratio === undefined ? '' : `${threeDigits(ratio)}×`, spreadText, targetText(row), verdict(row, measured)])}`;
}

/** All results for programs. */
export function toJson(machine: Machine, results: readonly (readonly [Row, Measurement])[]): string {
  const rows = results.map(([row, measured]) => {
    const { name, title, peer, target, unit } = row;
    const about = { name, title, peerName: peer, unit, target };
    return 'skipped' in measured ? { ...about, ...measured } : { ...about, ...measured, reached: isReached(row, measured) };
  });
  return JSON.stringify({ machine, rows }, null, 2);
}

/** Whether a row's target was reached: nothing for a row without one. */
function isReached({ target }: Row, { ours, ratio }: Measured): boolean | undefined {
  if (target === undefined) return undefined;
  return ratio === undefined ? ours <= target : ratio >= target;
}

function targetText({ target, peer, unit }: Row): string {
  if (target === undefined) return '';
  return peer === undefined ? `≤ ${target} ${unit}` : `≥ ${target}×`;
}

function verdict(row: Row, measured: Measured): string {
  const reached = isReached(row, measured);
  if (reached === undefined) return '';
  return reached ? 'reached' : 'missed';
}

function threeDigits(number: number): string {
  return number >= 100 ? number.toFixed(0) : number.toPrecision(3);
}

function line(cells: readonly string[]): string {
  return cells
    .map((cell, i) => cell.padStart(WIDTHS[i]!))
    .join(' ')
    .trimEnd();
}
