import { parseOptions } from '@pg/core';
import { requirePath } from '../checks/require.js';
import { openLineFile } from '../files/line-file.js';
import type { Metrics } from './metrics.js';
import { type MetricsFileOptions, type MetricsWriter, metricsFileSchema } from './metrics-writer.js';
import { parseJsonRow } from './read-json-lines.js';
import { requireRow } from './require-update.js';

/**
 * Writes metrics as JSON lines: one object a row, readable with `pandas.read_json(path, lines=True)`. Missing folders are made.
 * Numbers that JSON cannot hold (NaN, infinities) are left out of their row.
 *
 * @param path - the file, by convention `*.jsonl`
 * @throws UnavailableError when the file cannot be opened
 *
 * @example
 * ```ts
 * const log = jsonLines('runs/cart-pole/metrics.jsonl');
 * log.write({ 'time/total_timesteps': 500, 'rollout/ep_rew_mean': 21.4 });
 * await log.close();
 * ```
 */
export function jsonLines(path: string, options: MetricsFileOptions = {}): MetricsWriter {
  requirePath('jsonLines', path);
  const { append } = parseOptions('jsonLines', metricsFileSchema, options);
  const file = openLineFile({ where: 'jsonLines', path, append, isWhole: (line) => parseJsonRow(line) !== undefined });
  return {
    write(metrics) {
      requireRow('jsonLines.write', metrics);
      file.append(JSON.stringify(finite(metrics)));
    },
    close: async () => file.close(),
  };
}

function finite(metrics: Metrics): Metrics {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)));
}
