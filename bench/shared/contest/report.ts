import { describeMachine, type Machine } from '../machine.js';
import type { Skipped } from '../peers/peer-file.js';
import { tableLine, thousands, threeDigits, verdict } from '../table.js';
import type { Measured } from './measure.js';
import type { RowTitle } from './row.js';

const COLUMNS = ['ours', 'peer', 'ratio', 'min..max', 'target', ''];
const WIDTHS = [14, 14, 8, 14, 12, 9];

/** The first lines of the table. */
export function heading(machine: Machine): string {
  return `${describeMachine(machine)}; medians\n\n${tableLine(COLUMNS, WIDTHS)}`;
}

/** A row of the table: what was done on one line, the numbers on the next, so that it fits 80 columns. */
export function tableRow(row: RowTitle, measured: Measured | Skipped): string {
  const title = `${row.title} (${row.peer === undefined ? '' : `against ${row.peer}; `}${row.name})`;
  if ('skipped' in measured) return `${title}\n  skipped: ${measured.skipped}`;
  return `${title}\n${numbersLine(measured, row.unit, [targetText(row), verdict(isReached(row, measured))])}`;
}

/** A line of numbers, and what is said of them. */
export function numbersLine({ ours, peer, ratio, spread }: Measured, unit: string, remarks: readonly string[]): string {
  const amount = (value: number | undefined) => (value === undefined ? '' : `${thousands(value)} ${unit}`);
  const spreadText = spread.map((value) => (ratio === undefined ? `${Math.round(value)}` : threeDigits(value))).join('..');
  return tableLine([amount(ours), amount(peer), ratio === undefined ? '' : `${threeDigits(ratio)}×`, spreadText, ...remarks], WIDTHS);
}

/** All results for programs. */
export function toJson(machine: Machine, results: readonly (readonly [RowTitle, Measured | Skipped])[]): string {
  const rows = results.map(([row, measured]) => {
    const { name, title, peer, target, unit } = row;
    const about = { name, title, peerName: peer, unit, target };
    return 'skipped' in measured ? { ...about, ...measured } : { ...about, ...measured, reached: isReached(row, measured) };
  });
  return JSON.stringify({ machine, rows }, null, 2);
}

/** Whether a row's target was reached: nothing for a row without one. */
function isReached({ target }: RowTitle, { ours, ratio }: Measured): boolean | undefined {
  if (target === undefined) return undefined;
  return ratio === undefined ? ours <= target : ratio >= target;
}

function targetText({ target, peer, unit }: RowTitle): string {
  if (target === undefined) return '';
  return peer === undefined ? `≤ ${target} ${unit}` : `≥ ${target}×`;
}
