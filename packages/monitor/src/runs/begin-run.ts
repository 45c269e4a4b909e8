import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onFile } from '../files/file-system.js';
import { toJson } from '../files/to-json.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { Metrics } from '../metrics/metrics.js';
import { readJsonLines } from '../metrics/read-json-lines.js';
import { readRunInfo } from './read-run-info.js';
import { claimDirectory, runFiles } from './run-files.js';
import { runVersion, thisSession } from './run-info.js';
import type { RunSettings } from './run-options.js';

/** What a run already is when a process begins to work on it. */
export interface Past {
  /** Its rows so far. */
  readonly rows: readonly Metrics[];
  /** Its environment steps so far. */
  readonly start: number;
  /** Seconds that it took so far. */
  readonly elapsedSeconds: number;
}

/** Makes the folder of a new run and writes its `config.json`. */
export function beginRun({ directory, overwrite, startedAt, config, start = 0 }: RunSettings): Past {
  const info = toJson('createRun: config', { version: runVersion, config, ...thisSession(startedAt, start), resumed: [] });
  claimDirectory(directory, overwrite);
  writeAtomically('createRun', join(directory, runFiles.config), info);
  return { rows: [], start, elapsedSeconds: 0 };
}

/**
 * Opens the folder of a run to go on with it: drops the rows after the step from which it goes on, notes the session in its `config.json`, and
 * removes its result, which it now has yet to come to.
 *
 * @throws InvalidOptionsError when there is no run; InvalidFileError when it is broken, or of another version
 */
export function resumeRun({ directory, startedAt, config, ...settings }: RunSettings): Past {
  const info = readRunInfo('createRun', directory);
  const rows = readRows(directory);
  const start = settings.start ?? rows.at(-1)?.['time/total_timesteps'] ?? info.start;
  const kept = rows.filter((row) => (row['time/total_timesteps'] ?? 0) <= start);
  const session = thisSession(startedAt, start);
  const changed = Object.keys(config).length > 0 && toJson('createRun: config', config) !== toJson('createRun', info.config);
  const resumed = [...info.resumed, changed ? { ...session, config } : session];
  writeAtomically('createRun', join(directory, runFiles.metrics), toPieces(kept));
  writeAtomically('createRun', join(directory, runFiles.config), toJson('createRun', { ...info, resumed }));
  onFile('createRun', directory, () => rmSync(join(directory, runFiles.result), { force: true }));
  return { rows: kept, start, elapsedSeconds: kept.at(-1)?.['time/time_elapsed'] ?? 0 };
}

/** The rows as text, some thousands at a time. */
function toPieces(rows: readonly Metrics[]): string[] {
  const pieces = Array.from({ length: Math.ceil(rows.length / 4096) }, (_, at) => rows.slice(at * 4096, (at + 1) * 4096));
  return pieces.map((piece) => piece.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

function readRows(directory: string): readonly Metrics[] {
  const path = join(directory, runFiles.metrics);
  return existsSync(path) ? readJsonLines('createRun', path).rows : [];
}
