import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { onFile } from '../files/file-system.js';

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
 * Makes sure that a folder holds no run: refuses if it does, or with `overwrite` removes that run's files.
 *
 * @throws InvalidOptionsError when there is a run and `overwrite` is false
 */
export function claimDirectory(directory: string, overwrite: boolean): void {
  const present = presentFiles(directory);
  if (present.length > 0 && !overwrite) {
    throw new InvalidOptionsError({
      where: 'createRun',
      got: `directory: "${directory}", which already holds a run (${present.join(', ')})`,
      expected: 'a folder without a run',
      remedy: 'Choose another directory, pass overwrite: true to replace that run, or resume: true to go on with it.',
    });
  }
  for (const name of present) onFile('createRun', join(directory, name), () => rmSync(join(directory, name)));
}

function presentFiles(directory: string): string[] {
  const known = Object.values(runFiles).filter((name) => existsSync(join(directory, name)));
  const events = existsSync(directory) ? onFile('createRun', directory, () => readdirSync(directory).filter(isEventFile)) : [];
  return [...known, ...events.sort()];
}

function isEventFile(name: string): boolean {
  return name.startsWith('events.out.tfevents.');
}
