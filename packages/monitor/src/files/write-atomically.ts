import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { onFile } from './file-system.js';
import { makeFolder } from './make-folder.js';

/**
 * Writes a whole file or nothing: to a temporary file in the same folder, synchronised to the disk, then renamed. A reader, or a
 * process killed half-way, never meets half a file. Missing folders are made.
 *
 * @param content - or its pieces, when all of them are more than a string can hold
 * @throws UnavailableError when the file system refuses; the old file is then untouched
 */
export function writeAtomically(where: string, path: string, content: string | Uint8Array | readonly string[]): void {
  const temporary = `${path}.${process.pid}.tmp`;
  onFile(where, path, () => {
    makeFolder(dirname(path));
    try {
      writeToDisk(temporary, content);
      renameSync(temporary, path);
    } catch (cause) {
      rmSync(temporary, { force: true });
      throw cause;
    }
  });
}

function writeToDisk(path: string, content: string | Uint8Array | readonly string[]): void {
  const descriptor = openSync(path, 'w');
  try {
    for (const piece of Array.isArray(content) ? content : [content]) writeFileSync(descriptor, piece);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
