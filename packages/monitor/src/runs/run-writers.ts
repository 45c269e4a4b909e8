import { join } from 'node:path';
import { csv } from '../metrics/csv.js';
import { jsonLines } from '../metrics/json-lines.js';
import { keepRows } from '../metrics/keep-rows.js';
import type { MetricsWriter } from '../metrics/metrics-writer.js';
import { outlive } from '../tensorboard/outlive.js';
import { type TensorboardWriter, tensorboardWriter } from '../tensorboard/tensorboard-writer.js';
import type { Past } from './begin-run.js';
import type { RunLock } from './ownership/run-lock.js';
import { runFiles } from './run-files.js';
import type { RunSettings } from './run-options.js';

/** A file that the rows of a run go to. */
export interface RunWriter extends MetricsWriter {
  readonly path: string;
}

/** Where the rows of a run go. */
export interface RunWriters {
  readonly all: readonly RunWriter[];
  readonly tensorboard: TensorboardWriter | undefined;
}

/** Opens the metrics files that a run is to have. None of them ever stops training, and none writes to a folder that is not the run's any more. */
export function openWriters(settings: RunSettings, past: Past): RunWriters {
  const { directory, resume } = settings;
  const tell = teller(settings, past.lock);
  const kept = (file: string, path: string, writer: MetricsWriter): RunWriter => {
    const later = (error: Error) => tell(error, `Training goes on, and ${file} is written as soon as it can be.`);
    return { path, ...keepRows(onlyWhileHeld(writer, past.lock), later) };
  };
  const [lines, table] = [join(directory, runFiles.metrics), join(directory, runFiles.table)];
  const all = [kept(runFiles.metrics, lines, jsonLines(lines, { append: resume }))];
  if (settings.csv) all.push(kept(runFiles.table, table, csv(table)));
  for (const row of past.rows) all[1]?.write(row);
  if (!settings.tensorboard) return { all, tensorboard: undefined };
  const board = tensorboardWriter(directory, resume ? { resumeAt: past.start } : {});
  all.push(kept('the event file', board.path, board));
  const lost = (error: Error) => tell(error, 'Training goes on; the event file lacks the pictures and histograms until then.');
  return { all, tensorboard: outlive(board, { warn: lost, check: () => past.lock.requireHeld('run.tensorboard') }) };
}

/** A writer that refuses rows once the folder is not the run's any more. */
function onlyWhileHeld(writer: MetricsWriter, lock: RunLock): MetricsWriter {
  return {
    write(metrics) {
      lock.requireHeld('run.record');
      writer.write(metrics);
    },
    close: () => writer.close(),
  };
}

/** Warns of what is refused; of a folder that is lost once, for all its files. */
function teller({ warn }: RunSettings, lock: RunLock): (error: Error, consequence: string) => void {
  let told = false;
  return (error, consequence) => {
    const lost = !lock.isHeld;
    if (!lost) warn(`${error.message} ${consequence}`);
    else if (!told) warn(`${error.message} Training goes on, and its rows are kept until the end.`);
    told = lost;
  };
}
