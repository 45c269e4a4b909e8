import { tableRow as contestRow, numbersLine } from '../shared/contest/report.js';
import type { RowTitle } from '../shared/contest/row.js';
import type { Skipped } from '../shared/peers/peer-file.js';
import type { MeasuredRates } from './measure.js';

/** As of every contest, and a line of the processors' time below. */
export function tableRow(row: RowTitle, measured: MeasuredRates | Skipped): string {
  const first = contestRow(row, measured);
  return 'skipped' in measured ? first : `${first}\n${numbersLine(measured.cpuMsPer1000, 'ms', ['', 'of processors for 1,000 steps'])}`;
}
