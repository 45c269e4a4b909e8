import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, onFile, writeFileAtomicallySync } from '@pg/core/files';
import { toJson } from '../files/to-json.js';
import type { Metrics } from '../metrics/metrics.js';
import { RunLock } from './ownership/run-lock.js';
import { readRows } from './read-rows.js';
import { readRunInfo } from './read-run-info.js';
import { removeRun, requireNoRun, runFiles } from './run-files.js';
import { type RunInfo, runVersion, thisSession } from './run-info.js';
import type { RunSettings } from './run-options.js';

/** What a run already is when a process begins to work on it. */
export interface Past {
  /** The right to write its folder. */
  readonly lock: RunLock;
  /** What its `config.json` says. */
  readonly info: RunInfo;
  /** Its rows so far. */
  readonly rows: readonly Metrics[];
  /** Its environment steps so far. */
  readonly start: number;
  /** Seconds that it took so far. */
  readonly elapsedSeconds: number;
}

/**
 * Takes the folder of a run, of which there is one owner at a time: makes it for a new run, or opens it to go on with one.
 *
 * @throws InvalidOptionsError when somebody else is at work in it, when it holds a run and none is to be replaced, or with `resume` when it holds none
 * @throws InvalidFileError with `resume`, when the run is broken, or of another version
 */
export function takeRun(settings: RunSettings): Past {
  const { directory, resume, overwrite } = settings;
  toJson('createRun: config', settings.config); // refused before anything is made
  if (resume) readRunInfo('createRun', directory);
  else if (!overwrite) requireNoRun(directory);
  onFile('createRun', directory, () => makeFolder(directory));
  const lock = RunLock.take('createRun', directory);
  try {
    return resume ? resumeRun(settings, lock) : beginRun(settings, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Writes the `config.json` of a new run, in place of an old one where that may be. */
function beginRun({ directory, overwrite, startedAt, config, start = 0 }: RunSettings, lock: RunLock): Past {
  const info = { version: runVersion, config, ...thisSession(startedAt, start), resumed: [] };
  const text = toJson('createRun: config', info);
  if (overwrite) removeRun(directory);
  else requireNoRun(directory);
  writeFileAtomicallySync('createRun', join(directory, runFiles.config), text);
  return { lock, info, rows: [], start, elapsedSeconds: 0 };
}

/** Drops the rows after the step from which a run goes on, notes the session, and removes result and page, which it now has yet to come to. */
function resumeRun({ directory, startedAt, config, ...settings }: RunSettings, lock: RunLock): Past {
  const info = readRunInfo('createRun', directory);
  const { rows } = readRows('createRun', directory);
  const start = settings.start ?? rows.at(-1)?.['time/total_timesteps'] ?? info.start;
  const kept = rows.filter((row) => (row['time/total_timesteps'] ?? 0) <= start);
  const session = thisSession(startedAt, start);
  const changed = Object.keys(config).length > 0 && toJson('createRun: config', config) !== toJson('createRun', info.config);
  const resumed = [...info.resumed, changed ? { ...session, config } : session];
  writeFileAtomicallySync('createRun', join(directory, runFiles.metrics), toPieces(kept));
  writeFileAtomicallySync('createRun', join(directory, runFiles.config), toJson('createRun', { ...info, resumed }));
  for (const name of [runFiles.result, runFiles.page]) onFile('createRun', directory, () => rmSync(join(directory, name), { force: true }));
  return { lock, info: { ...info, resumed }, rows: kept, start, elapsedSeconds: kept.at(-1)?.['time/time_elapsed'] ?? 0 };
}

/** The rows as text, some thousands at a time. */
function toPieces(rows: readonly Metrics[]): string[] {
  const pieces = Array.from({ length: Math.ceil(rows.length / 4096) }, (_, at) => rows.slice(at * 4096, (at + 1) * 4096));
  return pieces.map((piece) => piece.map((row) => `${JSON.stringify(row)}\n`).join(''));
}
