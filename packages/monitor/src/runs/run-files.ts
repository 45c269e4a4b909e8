import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { InvalidOptionsError } from '@pg/core';
import { onFile } from '../files/file-system.js';

/** The files of a run folder. Nothing else in the folder is touched. */
export const runFiles = { config: 'config.json', metrics: 'metrics.jsonl', curve: 'curve.svg', result: 'result.json' } as const;

/**
 * Makes sure that a folder holds a run to go on with; what was written at its end is written again.
 *
 * @throws InvalidOptionsError when there is none
 */
export function reopenDirectory(directory: string): void {
  if (!existsSync(join(directory, runFiles.config))) {
    throw new InvalidOptionsError({
      where: 'createRun',
      got: `resume: true with directory: "${directory}", which holds no run (no ${runFiles.config})`,
      expected: 'the folder of a run',
      remedy: 'Choose its directory, or leave out resume to start a run.',
    });
  }
  const result = join(directory, runFiles.result);
  onFile('createRun', result, () => rmSync(result, { force: true }));
}

/**
 * Makes sure that a folder holds no run: refuses if it does, or with `overwrite` removes that run's files.
 *
 * @throws InvalidOptionsError when there is a run and `overwrite` is false
 */
export function claimDirectory(directory: string, overwrite: boolean): void {
  const present = Object.values(runFiles).filter((name) => existsSync(join(directory, name)));
  if (present.length > 0 && !overwrite) {
    throw new InvalidOptionsError({
      where: 'createRun',
      got: `directory: "${directory}", which already holds a run (${present.join(', ')})`,
      expected: 'a folder without a run',
      remedy: 'Choose another directory, or pass overwrite: true to replace that run.',
    });
  }
  for (const name of present) onFile('createRun', join(directory, name), () => rmSync(join(directory, name)));
}
