import { describeValue, InvalidOptionsError, parseOptions } from '@pg/core';
import { requirePath } from '../checks/require.js';
import { openLineFile } from '../files/line-file.js';
import type { Metrics } from './metrics.js';
import { type MetricsFileOptions, type MetricsWriter, metricsFileSchema } from './metrics-writer.js';
import { requireRow } from './require-update.js';
import { isWholeRow, parseHeader, splitCells } from './table-format.js';

/**
 * Writes metrics as a table with a header, readable with `pandas.read_csv(path)`. Missing folders are made.
 *
 * The columns are those of the first row. When a later row brings a new metric (the mean return appears only after the first
 * finished episode), the file is rewritten atomically with one more column, whose earlier cells are empty; that happens once a
 * name, not once a row. What a row lacks, and NaN and infinities, are empty cells.
 *
 * With `append` the table may be of any program: quoted names, CRLF, a byte order mark and a last line without its end are understood and kept.
 * Several processes may append to one table, as long as none of them brings a new column while another one writes.
 *
 * @param path - the file, by convention `*.csv`
 * @throws UnavailableError when the file cannot be opened
 * @throws InvalidFileError with `append`, when the file begins with something else than a header
 *
 * @example
 * ```ts
 * const table = csv('runs/cart-pole/metrics.csv');
 * table.write({ 'time/total_timesteps': 500, 'rollout/ep_rew_mean': 21.4 });
 * await table.close();
 * ```
 */
export function csv(path: string, options: MetricsFileOptions = {}): MetricsWriter {
  requirePath('csv', path);
  const { append } = parseOptions('csv', metricsFileSchema, options);
  const columnsOf = (header = '') => parseHeader('csv', path, header);
  const isWhole = (line: string, header: string) => header === '' || isWholeRow(columnsOf(header), line);
  const file = openLineFile({ where: 'csv', path, append, isWhole });
  let columns = append ? columnsOf(file.read()[0]) : [];
  return {
    write(metrics) {
      requireRow('csv.write', metrics);
      // Another process may have added columns.
      if (file.refresh()) columns = columnsOf(file.read()[0]);
      const added = Object.keys(metrics).filter((name) => !columns.includes(name));
      if (added.length > 0) {
        added.forEach(requirePlainName);
        const wider = [...columns, ...added];
        file.rewrite(widen(file.read(), wider));
        columns = wider;
      }
      file.append(row(columns, metrics));
    },
    close: async () => file.close(),
  };
}

function row(columns: readonly string[], metrics: Metrics): string {
  return columns.map((name) => (Number.isFinite(metrics[name]) ? String(metrics[name]) : '')).join(',');
}

/** The lines of a table with more columns on the right; empty lines are left out. */
function widen(lines: readonly string[], columns: readonly string[]): string[] {
  const wide = (line: string) => line + ','.repeat(Math.max(0, columns.length - (splitCells(line)?.length ?? 0)));
  const rows = lines.slice(1).filter((line) => line !== '');
  return [columns.map(quoted).join(','), ...rows.map(wide)];
}

/** A name of another program's table may need quotes. */
function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

function requirePlainName(name: string): void {
  if (/^[^,"\r\n]+$/.test(name)) return;
  throw new InvalidOptionsError({
    where: 'csv.write',
    got: `the metric ${describeValue(name)}`,
    expected: 'a name without commas, quotes or line breaks',
    remedy: 'Rename the metric; names such as "train/value_loss" read well everywhere.',
  });
}
