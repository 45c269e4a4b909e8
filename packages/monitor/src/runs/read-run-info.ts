import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeValue, InvalidFileError, InvalidOptionsError } from '@pg/core';
import { onFileRead } from '@pg/core/files';
import { readJsonFile } from '../files/read-json-file.js';
import { runFiles } from './run-files.js';
import { type RunInfo, runInfoSchema, runVersion } from './run-info.js';

/**
 * Reads a run's `config.json`.
 *
 * @throws InvalidOptionsError when the folder holds no run; InvalidFileError when the file is broken, or of another version
 */
export function readRunInfo(where: string, directory: string): RunInfo {
  const path = join(directory, runFiles.config);
  if (onFileRead(where, path, () => statSync(path, { throwIfNoEntry: false })) === undefined) throw noRun(where, directory);
  const value = readJsonFile(where, path);
  const version = (value as { version?: unknown } | null)?.version;
  if (version !== runVersion) throw otherVersion(where, path, version);
  const parsed = runInfoSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidFileError({
    where,
    got: `"${path}" with a wrong entry ${issue!.path.join('.')}`,
    expected: 'what createRun writes',
    remedy: 'Put the file back as it was, or leave this run out.',
  });
}

function noRun(where: string, directory: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where,
    got: `the folder "${directory}", which ${existsSync(directory) ? `has no ${runFiles.config}` : 'does not exist'}`,
    expected: 'the folder of a run',
    remedy: where === 'createRun' ? 'Choose its directory, or leave out resume to start a run.' : remedyForReading(directory),
  });
}

/** What is not a run may hold metrics nevertheless, of other writers or other programs. */
function remedyForReading(directory: string): string {
  const names = existsSync(directory) ? onFileRead('readRun', directory, () => readdirSync(directory)) : [];
  if (names.some((name) => name.includes('tfevents'))) return 'Read its event files with readTensorboard, and draw them beside runs with learningCurve.';
  return 'Name a folder that createRun has made, such as runs/cart-pole.';
}

function otherVersion(where: string, path: string, version: unknown): InvalidFileError {
  const newer = typeof version === 'number' && version > runVersion;
  return new InvalidFileError({
    where,
    got: version === undefined ? `"${path}" without a version` : `"${path}" of version ${describeValue(version)}`,
    expected: `a run folder of version ${runVersion}`,
    remedy: newer ? 'A later @pg/monitor made it: update the package.' : 'An earlier @pg/monitor, or something else, made it: run the training again.',
  });
}
