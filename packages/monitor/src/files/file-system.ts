import { PgError, UnavailableError } from '@pg/core';

const remedies: Readonly<Record<string, string>> = {
  EACCES: 'Check the permissions of the file and its folder.',
  EPERM: 'Check the permissions of the file and its folder.',
  EROFS: 'The file system is read-only; choose another folder.',
  ENOSPC: 'The disk is full; free some space.',
  EISDIR: 'That is a folder; name a file in it.',
  ENOTDIR: 'A part of the path is a file; choose another path.',
  EEXIST: 'A part of the path is a file; choose another path.',
  EMFILE: 'Too many files are open; close the writers that are done.',
  ENOENT: 'There is no such file; check the path.',
  EDQUOT: 'The quota of the disk is used up; free some space.',
  EFBIG: 'Files may not be that large here: raise the limit (ulimit -f), or choose another file system.',
  EIO: 'The disk does not work; check it, or choose another one.',
};

/** Reads a path; what the file system throws becomes an UnavailableError that says what to do. */
export function onFileRead<T>(where: string, path: string, action: () => T): T {
  return attempt({ where, path, expected: 'a path that can be read' }, action);
}

/** Writes to a path, or removes it; what the file system throws becomes an UnavailableError that says what to do. */
export function onFile<T>(where: string, path: string, action: () => T): T {
  return attempt({ where, path, expected: 'a path that can be written' }, action);
}

function attempt<T>({ where, path, expected }: { where: string; path: string; expected: string }, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (PgError.isInstance(cause)) throw cause; // says what is wrong already
    const { code = 'an error', message = String(cause) } = cause as NodeJS.ErrnoException;
    const remedy = remedies[code] ?? `Check the path; the system says: ${message}.`;
    throw new UnavailableError({ where, got: `${code} from the file system for "${path}"`, expected, remedy, cause });
  }
}
