import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { InvalidFileError } from '@pg/core';
import { onFileRead } from '@pg/core/files';
import * as z from 'zod/mini';
import { requirePath } from '../checks/require.js';
import { readJsonFile } from '../files/read-json-file.js';
import type { Metrics } from '../metrics/metrics.js';
import type { RunEnd } from './create-run.js';
import { describeUnknown, howToFree, ownerOf } from './ownership/run-owner.js';
import { readRows } from './read-rows.js';
import { readRunInfo } from './read-run-info.js';
import { runFiles } from './run-files.js';
import type { RunInfo } from './run-info.js';

/** Everything that a run folder says. */
export interface RunRecord {
  /** The folder's absolute path. */
  readonly directory: string;
  /** The folder's name. */
  readonly name: string;
  /** The settings, what they were run with, and the sessions that resumed it. */
  readonly info: RunInfo;
  /**
   * How it ended; "running" while its process is there, "interrupted" when that is gone without having ended the run. A process on another
   * machine, or in another container, counts as running; a warning says so.
   */
  readonly status: RunEnd | 'running' | 'interrupted';
  /** Its rows of metrics, one an update: of `metrics.jsonl`, and where that is gone, of `metrics.csv` or the event files. */
  readonly metrics: readonly Metrics[];
  /** Seconds that it took, all its sessions together. */
  readonly elapsedSeconds: number;
  /** What `finish` was given; empty before that. */
  readonly result: Readonly<Record<string, unknown>>;
  /** What `fail` was given. */
  readonly error?: string | undefined;
  /** The policies and checkpoints in the folder, by their paths in it. */
  readonly checkpoints: readonly string[];
  /** What is wrong with the folder, in sentences; none of it keeps the rest from being read. */
  readonly warnings: readonly string[];
}

const resultSchema = z.object({
  status: z.enum(['finished', 'stopped', 'failed']),
  result: z.record(z.string(), z.unknown()),
  elapsedSeconds: z.number(),
  error: z.optional(z.string()),
});

/**
 * Reads a run folder, of a run that has ended or of one that is still running.
 *
 * @throws InvalidOptionsError when the folder holds no run
 * @throws InvalidFileError when one of its files is broken, or it was made by another version
 *
 * @example
 * ```ts
 * const { status, info, metrics } = readRun('runs/cart-pole');
 * ```
 */
export function readRun(directory: string): RunRecord {
  requirePath('readRun', directory, 'directory');
  const folder = resolve(directory);
  const info = readRunInfo('readRun', folder);
  const { rows, warnings } = readRows('readRun', folder);
  const ending = readEnding(folder);
  const owner = ownerOf('readRun', folder);
  const unknown =
    owner?.liveness === 'unknown' && !ending ? [`The run belongs to ${describeUnknown(folder, owner)}. If it has ended, ${howToFree(folder)}.`] : [];
  return {
    directory: folder,
    name: basename(folder),
    info,
    status: ending?.status ?? (owner === undefined || owner.liveness === 'gone' ? 'interrupted' : 'running'),
    metrics: rows,
    elapsedSeconds: ending?.elapsedSeconds ?? rows.at(-1)?.['time/time_elapsed'] ?? 0,
    result: ending?.result ?? {},
    error: ending?.error,
    checkpoints: onFileRead('readRun', folder, () => readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      .filter((name) => name.endsWith('.safetensors'))
      .sort(),
    warnings: [...warnings, ...unknown],
  };
}

function readEnding(folder: string): z.infer<typeof resultSchema> | undefined {
  const path = join(folder, runFiles.result);
  if (!existsSync(path)) return undefined;
  const parsed = resultSchema.safeParse(readJsonFile('readRun', path));
  if (parsed.success) return parsed.data;
  throw new InvalidFileError({
    where: 'readRun',
    got: `"${path}" with a wrong entry ${parsed.error.issues[0]!.path.join('.')}`,
    expected: 'what run.finish writes',
    remedy: 'Put the file back as it was, or remove it: the rest of the run can be read without.',
  });
}
