import { join } from 'node:path';
import { csv } from '../metrics/csv.js';
import { jsonLines } from '../metrics/json-lines.js';
import { keepRows } from '../metrics/keep-rows.js';
import type { MetricsWriter } from '../metrics/metrics-writer.js';
import { outlive } from '../tensorboard/outlive.js';
import { type TensorboardWriter, tensorboardWriter } from '../tensorboard/tensorboard-writer.js';
import type { Past } from './begin-run.js';
import { runFiles } from './run-files.js';
import type { RunSettings } from './run-options.js';

/** Where the rows of a run go. */
export interface RunWriters {
  readonly all: readonly MetricsWriter[];
  readonly tensorboard: TensorboardWriter | undefined;
}

/** Opens the metrics files that a run is to have. None of them ever stops training. */
export function openWriters(settings: RunSettings, past: Past): RunWriters {
  const { directory, resume, warn } = settings;
  const later = (file: string) => (error: Error) => warn(`${error.message} Training goes on, and ${file} is written as soon as it can be.`);
  const lost = (error: Error) => warn(`${error.message} Training goes on; the event file lacks what is recorded until then.`);
  const lines = keepRows(jsonLines(join(directory, runFiles.metrics), { append: resume }), later(runFiles.metrics));
  const table = settings.csv ? keepRows(csv(join(directory, runFiles.table)), later(runFiles.table)) : undefined;
  for (const row of past.rows) table?.write(row);
  const resumeAt = resume ? { resumeAt: past.start } : {};
  const tensorboard = settings.tensorboard ? outlive(tensorboardWriter(directory, resumeAt), lost) : undefined;
  return { all: [lines, ...(table ? [table] : []), ...(tensorboard ? [tensorboard] : [])], tensorboard };
}
