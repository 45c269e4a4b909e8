import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Metrics } from '../metrics/metrics.js';
import { type MetricsRows, readJsonLines } from '../metrics/read-json-lines.js';
import { readTable } from '../metrics/read-table.js';
import { readTensorboard } from '../tensorboard/read-tensorboard.js';
import { hasEventFiles, runFiles } from './run-files.js';

/** The metrics of a run, and what is wrong with them in sentences. */
export interface RunRows {
  readonly rows: readonly Metrics[];
  readonly warnings: readonly string[];
}

/**
 * Reads the metrics of a run: those of `metrics.jsonl`; where that is gone, those of `metrics.csv`, which has the same numbers, or of the event files,
 * which have no counters.
 *
 * @throws InvalidFileError when the file is broken
 */
export function readRows(where: string, folder: string): RunRows {
  const [lines, table] = [join(folder, runFiles.metrics), join(folder, runFiles.table)];
  if (existsSync(lines)) return told(runFiles.metrics, readJsonLines(where, lines));
  const gone = `There is no ${runFiles.metrics}`;
  if (existsSync(table)) {
    const { rows, warnings } = told(runFiles.table, readTable(where, table));
    return { rows, warnings: [`${gone}: the rows are those of ${runFiles.table}.`, ...warnings] };
  }
  if (!hasEventFiles(folder)) return { rows: [], warnings: [`${gone}.`] };
  const { scalars, warnings } = readTensorboard(folder);
  return { rows: rowsOf(scalars), warnings: [`${gone}: the rows are those of the event files, without episodes and updates.`, ...warnings] };
}

function told(name: string, { rows, warning }: MetricsRows): RunRows {
  return { rows, warnings: warning === undefined ? [] : [`${name} ${warning}`] };
}

/** A row for each step at which something was written; its time is counted from the first. */
function rowsOf(scalars: ReturnType<typeof readTensorboard>['scalars']): Metrics[] {
  const rows = new Map<number, Record<string, number>>();
  const points = Object.entries(scalars).flatMap(([tag, ofTag]) => ofTag.map((point) => ({ tag, ...point })));
  const began = points.reduce((earliest, { wallTime }) => Math.min(earliest, wallTime), Number.POSITIVE_INFINITY);
  for (const { tag, step, wallTime, value } of points) {
    const row = rows.get(step) ?? { 'time/total_timesteps': step, 'time/time_elapsed': wallTime - began };
    // As in the other files, what is not finite is left out.
    rows.set(step, Number.isFinite(value) ? { ...row, [tag]: value } : row);
  }
  return [...rows.values()].sort((a, b) => a['time/total_timesteps']! - b['time/total_timesteps']!);
}
