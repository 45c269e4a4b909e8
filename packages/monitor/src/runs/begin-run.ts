import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { onFile } from '../files/file-system.js';
import { toJson } from '../files/to-json.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { Metrics } from '../metrics/metrics.js';
import { readJsonLines } from '../metrics/read-json-lines.js';
import { readRunInfo } from './read-run-info.js';
import { claimDirectory, runFiles } from './run-files.js';
import { type RunInfo, runVersion, thisSession } from './run-info.js';
import type { RunSettings } from './run-options.js';

/** What a run already is when a process begins to work on it. */
export interface Past {
  /** What its `config.json` says. */
  readonly info: RunInfo;
  /** Its rows so far. */
  readonly rows: readonly Metrics[];
  /** Its environment steps so far. */
  readonly start: number;
  /** Seconds that it took so far. */
  readonly elapsedSeconds: number;
}

/** Makes the folder of a new run and writes its `config.json`. */
export function beginRun({ directory, overwrite, startedAt, config, start = 0 }: RunSettings): Past {
  const info = { version: runVersion, config, ...thisSession(startedAt, start), resumed: [] };
  const text = toJson('createRun: config', info);
  claimDirectory(directory, overwrite);
  writeAtomically('createRun', join(directory, runFiles.config), text);
  return { info, rows: [], start, elapsedSeconds: 0 };
}

/**
 * Opens the folder of a run to go on with it: drops the rows after the step from which it goes on, notes the session in its `config.json`, and
 * removes its result and its page, which it now has yet to come to.
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
  writeAtomically('createRun', join(directory, runFiles.metrics), kept.map((row) => `${JSON.stringify(row)}\n`).join(''));
  writeAtomically('createRun', join(directory, runFiles.config), toJson('createRun', { ...info, resumed }));
  for (const name of [runFiles.result, runFiles.page]) onFile('createRun', directory, () => rmSync(join(directory, name), { force: true }));
  return { info: { ...info, resumed }, rows: kept, start, elapsedSeconds: kept.at(-1)?.['time/time_elapsed'] ?? 0 };
}

function readRows(directory: string): readonly Metrics[] {
  const path = join(directory, runFiles.metrics);
  return existsSync(path) ? readJsonLines('createRun', path).rows : [];
}
