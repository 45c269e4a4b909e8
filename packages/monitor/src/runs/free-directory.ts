import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A folder that does not exist yet: `parent/name`, or the first of `parent/name-2`, `parent/name-3`, … Nothing is created.
 *
 * @example
 * ```ts
 * const run = createRun({ directory: freeDirectory('runs', 'cart-pole') });
 * ```
 */
export function freeDirectory(parent: string, name: string): string {
  let directory = join(parent, name);
  for (let number = 2; existsSync(directory); number++) directory = join(parent, `${name}-${number}`);
  return directory;
}
