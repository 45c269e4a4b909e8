import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { onFile, onFileRead } from '@pg/core/files';

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
 * Refuses a folder that holds a run.
 *
 * @throws InvalidOptionsError naming the run's files
 */
export function requireNoRun(directory: string): void {
  const present = presentFiles(directory);
  if (present.length === 0) return;
  throw new InvalidOptionsError({
    where: 'createRun',
    got: `directory: "${directory}", which already holds a run (${present.join(', ')})`,
    expected: 'a folder without a run',
    remedy: 'Choose another directory, pass overwrite: true to replace that run, or resume: true to go on with it.',
  });
}

/** Removes the files of a run. */
export function removeRun(directory: string): void {
  for (const name of presentFiles(directory)) onFile('createRun', join(directory, name), () => rmSync(join(directory, name), { force: true }));
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
  return existsSync(directory) ? onFileRead('createRun', directory, () => readdirSync(directory).filter(isEventFile)) : [];
}

function isEventFile(name: string): boolean {
  return name.startsWith('events.out.tfevents.');
}
