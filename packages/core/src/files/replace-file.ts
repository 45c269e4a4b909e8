import type { GlobalUrl } from '@pg/core';
import { findTarget, type Target } from './find-target.js';
import { makeFolder } from './make-folder.js';
import { nodeFiles } from './node-files.js';
import { onFile, writeError } from './on-file.js';
import { makeTemporary, sweepTemporaries } from './temporary-file.js';
import { toPath } from './to-path.js';

/** A file in the making that takes the place of another in one step. */
export interface Replacement {
  /** The temporary file to write to; it is there, and empty. */
  readonly path: string;
  /** Puts it into its place, down to the disk. */
  commit(): void;
  /** Removes it. A second call, or one after `commit`, does nothing. */
  discard(): void;
}

/**
 * Begins to replace a file: makes a temporary neighbour that takes its name in the end. A reader, or a process that is killed half-way, never meets half a
 * file. Links are followed, and stay. The file's permissions stay; so does its owner, as far as the system lets. Missing folders are made. What killed
 * processes left in the folder is removed.
 *
 * @throws UnavailableError for a folder, a pipe, a socket or a device, where there is no file system, or when it refuses
 */
export function beginReplacement(where: string, path: string): Replacement {
  const { fs, paths } = nodeFiles(where);
  const [target, temporary] = onFile(where, path, () => {
    const found = findTarget(where, path);
    makeFolder(paths.dirname(found.path));
    // the owner writes, whatever the file's own permissions: those are set in the end
    const made = makeTemporary(found.path, found.old === undefined ? 0o666 : (found.old.mode & 0o777) | 0o600);
    sweepTemporaries(made);
    return [found, made] as const;
  });
  // its name may be that of another one afterwards
  let pending = true;
  const discard = () => {
    if (!pending) return;
    pending = false;
    try {
      fs.rmSync(temporary, { force: true });
    } catch {
      // the reason for giving up matters more; the next save in the folder after this process removes it
    }
  };
  return {
    path: temporary,
    commit() {
      try {
        onFile(where, path, () => {
          settle(temporary, target.old);
          fs.renameSync(temporary, target.path);
        });
        pending = false;
      } catch (cause) {
        discard();
        throw cause;
      }
    },
    discard,
  };
}

/** Gives a file the owner and permissions of the one that it replaces, and brings it to the disk. */
function settle(path: string, old: Target['old']): void {
  const { fs } = nodeFiles('settle');
  const descriptor = fs.openSync(path, 'r+');
  try {
    if (old !== undefined) keepOwner(descriptor, old);
    if (old !== undefined) fs.fchmodSync(descriptor, old.mode & 0o777);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function keepOwner(descriptor: number, { uid, gid }: NonNullable<Target['old']>): void {
  const { fs } = nodeFiles('keepOwner');
  const own = fs.fstatSync(descriptor);
  if (own.uid === uid && own.gid === gid) return;
  try {
    fs.fchownSync(descriptor, uid, gid);
  } catch {
    // only the system's administrator gives files away
  }
}

/**
 * Writes a file whole or not at all, as {@link beginReplacement} says; when the call returns, it is on the disk.
 *
 * @param content - or its pieces, when all of them are more than a string can hold
 * @throws UnavailableError for a folder, a pipe, a socket or a device, where there is no file system, or when it refuses; an older file is then untouched
 * @throws InvalidOptionsError when `path` is no path and no `file:` URL
 */
export function writeFileAtomicallySync(where: string, path: string | GlobalUrl, content: string | Uint8Array | readonly string[]): void {
  const { fs } = nodeFiles(where);
  const target = toPath(where, path);
  const replacement = beginReplacement(where, target);
  try {
    const descriptor = fs.openSync(replacement.path, 'r+');
    try {
      for (const piece of Array.isArray(content) ? content : [content]) fs.writeFileSync(descriptor, piece);
    } finally {
      fs.closeSync(descriptor);
    }
    replacement.commit();
  } catch (cause) {
    replacement.discard();
    throw writeError(where, target, cause);
  }
}

/** {@link writeFileAtomicallySync}, while the program goes on. Several may write one file at once; the last one stays. */
export async function writeFileAtomically(where: string, path: string | GlobalUrl, bytes: Uint8Array): Promise<void> {
  const { fs } = nodeFiles(where);
  const target = toPath(where, path);
  const replacement = beginReplacement(where, target);
  try {
    const file = await fs.promises.open(replacement.path, 'r+');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    replacement.commit();
  } catch (cause) {
    replacement.discard();
    throw writeError(where, target, cause);
  }
}
