import { describeValue, InvalidOptionsError, parseOptions } from '@pg/core';
import { openLineFile } from '../files/line-file.js';
import type { Metrics } from './metrics.js';
import { type MetricsFileOptions, type MetricsWriter, metricsFileSchema } from './metrics-writer.js';

/**
 * Writes metrics as a table with a header, readable with `pandas.read_csv(path)`. Missing folders are made.
 *
 * The columns are those of the first row. When a later row brings a new metric (the mean return appears only after the first
 * finished episode), the file is rewritten atomically with one more column, whose earlier cells are empty; that happens once a
 * name, not once a row. What a row lacks, and NaN and infinities, are empty cells.
 *
 * @param path - the file, by convention `*.csv`
 * @throws UnavailableError when the file cannot be opened
 *
 * @example
 * ```ts
 * const table = csv('runs/cart-pole/metrics.csv');
 * table.write({ 'time/total_timesteps': 500, 'rollout/ep_rew_mean': 21.4 });
 * await table.close();
 * ```
 */
export function csv(path: string, options: MetricsFileOptions = {}): MetricsWriter {
  const { append } = parseOptions('csv', metricsFileSchema, options);
  const file = openLineFile({ where: 'csv', path, append });
  let columns: readonly string[] = append ? headerOf(file.read()) : [];
  return {
    write(metrics) {
      const added = Object.keys(metrics).filter((name) => !columns.includes(name));
      if (added.length > 0) {
        added.forEach(requirePlainName);
        const wider = [...columns, ...added];
        file.rewrite(widen(file.read(), wider, added.length));
        columns = wider;
      }
      file.append(row(columns, metrics));
    },
    close: async () => file.close(),
  };
}

function headerOf(lines: readonly string[]): readonly string[] {
  const header = lines[0] ?? '';
  return header === '' ? [] : header.split(',');
}

function row(columns: readonly string[], metrics: Metrics): string {
  return columns.map((name) => (Number.isFinite(metrics[name]) ? String(metrics[name]) : '')).join(',');
}

/** The lines of a table after `added` more columns on the right. */
function widen(lines: readonly string[], columns: readonly string[], added: number): string[] {
  return [columns.join(','), ...lines.slice(1).map((line) => line + ','.repeat(added))];
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
