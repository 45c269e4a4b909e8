import { closeSync, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { onFile } from '../files/file-system.js';
import { makeFolder } from '../files/make-folder.js';

/** The files of a run folder, besides event files. Nothing else in the folder is touched. */
export const runFiles = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  table: 'metrics.csv',
  curve: 'curve.svg',
  page: 'run.html',
  result: 'result.json',
} as const;

/**
 * Takes a folder for a new run: refuses if it holds one, or with `overwrite` removes that run's files. Of two processes that ask at the same moment
 * one gets it: its `config.json` is there from now on, empty.
 *
 * @throws InvalidOptionsError when there is a run and `overwrite` is false
 */
export function claimDirectory(directory: string, overwrite: boolean): void {
  const present = presentFiles(directory);
  if (present.length > 0 && !overwrite) throw taken(directory, present);
  for (const name of present) onFile('createRun', join(directory, name), () => rmSync(join(directory, name), { force: true }));
  const config = join(directory, runFiles.config);
  onFile('createRun', directory, () => makeFolder(directory));
  if (!onFile('createRun', config, () => makeFile(config))) throw taken(directory, [runFiles.config]);
}

/** Makes an empty file, if there is none; whether it did. */
function makeFile(path: string): boolean {
  try {
    closeSync(openSync(path, 'wx'));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Gives a folder back that was taken, because the run cannot begin. */
export function releaseDirectory(directory: string): void {
  rmSync(join(directory, runFiles.config), { force: true });
}

function taken(directory: string, present: readonly string[]): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'createRun',
    got: `directory: "${directory}", which already holds a run (${present.join(', ')})`,
    expected: 'a folder without a run',
    remedy: 'Choose another directory, pass overwrite: true to replace that run, or resume: true to go on with it.',
  });
}

function presentFiles(directory: string): string[] {
  const known = Object.values(runFiles).filter((name) => existsSync(join(directory, name)));
  return [...known, ...eventFiles(directory).sort()];
}

/** Whether a folder has event files for TensorBoard. */
export function hasEventFiles(directory: string): boolean {
  return eventFiles(directory).length > 0;
}

function eventFiles(directory: string): string[] {
  return existsSync(directory) ? onFile('createRun', directory, () => readdirSync(directory).filter(isEventFile)) : [];
}

function isEventFile(name: string): boolean {
  return name.startsWith('events.out.tfevents.');
}
