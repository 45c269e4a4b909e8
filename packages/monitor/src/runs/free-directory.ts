import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder, onFile } from '@pg/core/files';
import { requirePath, requireThat } from '../checks/require.js';

/**
 * Makes a folder that did not exist: `parent/name`, or the first of `parent/name-2`, `parent/name-3`, … Of several processes that ask at the same
 * moment, each gets one of its own.
 *
 * @returns the path of the folder, which is empty
 * @throws InvalidOptionsError for what is no name; UnavailableError when the file system refuses
 *
 * @example
 * ```ts
 * const run = createRun({ directory: freeDirectory('runs', 'cart-pole') });
 * ```
 */
export function freeDirectory(parent: string, name: string): string {
  requirePath('freeDirectory', parent);
  const fits = typeof name === 'string' && name !== '' && !name.includes('\0');
  requireThat(fits, { where: 'freeDirectory', name: 'name', value: name, expected: 'a name as text', remedy: "Name the run, for example 'cart-pole'." });
  const first = join(parent, name);
  onFile('freeDirectory', first, () => makeFolder(dirname(first)));
  let directory = first;
  for (let number = 2; !makeNew(directory); number++) directory = `${first}-${number}`;
  return directory;
}

/** Makes a folder; false if the name is taken. */
function makeNew(directory: string): boolean {
  return onFile('freeDirectory', directory, () => {
    try {
      mkdirSync(directory);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });
}
