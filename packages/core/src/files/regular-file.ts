import { UnavailableError } from '@pg/core';
import { nodeFiles } from './node-files.js';

/** The part of Node's `Stats` that tells kinds of files apart. */
interface Kinds {
  isFile(): boolean;
  isDirectory(): boolean;
  isFIFO(): boolean;
  isSocket(): boolean;
  isCharacterDevice(): boolean;
}

/** The kind of a file that is no regular one, in words; undefined for a regular one. */
export function otherKind(stats: Kinds): string | undefined {
  if (stats.isFile()) return undefined;
  if (stats.isDirectory()) return 'a folder';
  if (stats.isFIFO()) return 'a pipe (FIFO)';
  if (stats.isSocket()) return 'a socket';
  return stats.isCharacterDevice() ? 'a character device' : 'a block device';
}

/** What to do instead of writing to another kind of file. */
export function insteadOf(kind: string): string {
  return kind === 'a folder' ? 'Name a file in it.' : 'Write to a regular file, and copy that to where its contents are to go.';
}

/**
 * Refuses a path that is there and is no regular file: opening a pipe waits for its other end, a device has no contents of its own.
 *
 * @throws UnavailableError for a folder, a pipe, a socket or a device; what the file system throws is passed on
 */
export function requireRegularFile(where: string, path: string): void {
  const stats = nodeFiles(where).fs.statSync(path, { throwIfNoEntry: false });
  const kind = stats && otherKind(stats);
  if (kind !== undefined) throw new UnavailableError({ where, got: `"${path}", which is ${kind}`, expected: 'a regular file', remedy: insteadOf(kind) });
}
