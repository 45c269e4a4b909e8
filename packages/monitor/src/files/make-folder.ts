import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a folder and those above it, as far as they are missing. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (cause) {
    // On a read-only file system Node says ENOENT here; making the first missing folder alone says why.
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') mkdirSync(firstMissing(path));
    throw cause;
  }
}

function firstMissing(path: string): string {
  const above = dirname(path);
  return above === path || existsSync(above) ? path : firstMissing(above);
}
