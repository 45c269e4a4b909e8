import { existsSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { onFile } from '../files/file-system.js';
import { toJson } from '../files/to-json.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { Metrics } from '../metrics/metrics.js';
import { isRunning } from './is-running.js';
import { readRows } from './read-rows.js';
import { readRunInfo } from './read-run-info.js';
import { claimDirectory, releaseDirectory, runFiles } from './run-files.js';
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
  try {
    writeAtomically('createRun', join(directory, runFiles.config), text);
  } catch (error) {
    releaseDirectory(directory);
    throw error;
  }
  return { info, rows: [], start, elapsedSeconds: 0 };
}

/**
 * Opens the folder of a run to go on with it: drops the rows after the step from which it goes on, notes the session in its `config.json`, and
 * removes its result and its page, which it now has yet to come to.
 *
 * @throws InvalidOptionsError when there is no run, or another process works on it; InvalidFileError when it is broken, or of another version
 */
export function resumeRun({ directory, startedAt, config, ...settings }: RunSettings): Past {
  const info = readRunInfo('createRun', directory);
  const { rows } = readRows('createRun', directory);
  requireNobodyElse(directory, info);
  const start = settings.start ?? rows.at(-1)?.['time/total_timesteps'] ?? info.start;
  const kept = rows.filter((row) => (row['time/total_timesteps'] ?? 0) <= start);
  const session = thisSession(startedAt, start);
  const changed = Object.keys(config).length > 0 && toJson('createRun: config', config) !== toJson('createRun', info.config);
  const resumed = [...info.resumed, changed ? { ...session, config } : session];
  writeAtomically('createRun', join(directory, runFiles.metrics), toPieces(kept));
  writeAtomically('createRun', join(directory, runFiles.config), toJson('createRun', { ...info, resumed }));
  for (const name of [runFiles.result, runFiles.page]) onFile('createRun', directory, () => rmSync(join(directory, name), { force: true }));
  return { info: { ...info, resumed }, rows: kept, start, elapsedSeconds: kept.at(-1)?.['time/time_elapsed'] ?? 0 };
}

/** The rows as text, some thousands at a time. */
function toPieces(rows: readonly Metrics[]): string[] {
  const pieces = Array.from({ length: Math.ceil(rows.length / 4096) }, (_, at) => rows.slice(at * 4096, (at + 1) * 4096));
  return pieces.map((piece) => piece.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** Two processes that work on one run would write their rows into each other's. */
function requireNobodyElse(directory: string, info: RunInfo): void {
  const { process: last } = info.resumed.at(-1) ?? info;
  const ended = existsSync(join(directory, runFiles.result));
  if (ended || last.id === process.pid || last.host !== hostname() || !isRunning(info.resumed.at(-1) ?? info)) return;
  throw new InvalidOptionsError({
    where: 'createRun',
    got: `the run "${directory}", which process ${last.id} is working on`,
    expected: 'a run that has ended or was interrupted',
    remedy: `Wait until it ends, or end it (kill ${last.id}); it can be resumed then.`,
  });
}
