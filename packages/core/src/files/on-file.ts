import { describeThrown, PgError, UnavailableError } from '@pg/core';

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
  ELOOP: 'The links lead in a circle; remove them.',
  ENAMETOOLONG: 'The name is too long for this file system; choose a shorter one.',
  EBUSY: 'The file is in use, or mounted by itself: close what has it open, or mount its folder.',
};

/** Reads a path; an error of the file system becomes an UnavailableError that says what to do. */
export function onFileRead<T>(where: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw fileError(where, { path, expected: 'a path that can be read' }, cause);
  }
}

/** Writes to a path, or removes it; an error of the file system becomes an UnavailableError that says what to do. */
export function onFile<T>(where: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    throw writeError(where, path, cause);
  }
}

/** The error for a path that cannot be written. */
export function writeError(where: string, path: string, cause: unknown): PgError {
  return fileError(where, { path, expected: 'a path that can be written' }, cause);
}

/** What to do about an error of the file system. */
export function remedyFor(cause: unknown): string {
  const { code = '' } = { ...(cause as { code?: string }) };
  return remedies[code] ?? `Check the path; the system says: ${describeThrown(cause)}.`;
}

function fileError(where: string, { path, expected }: { readonly path: string; readonly expected: string }, cause: unknown): PgError {
  if (PgError.isInstance(cause)) return cause;
  const { code = 'an error' } = { ...(cause as { code?: string }) };
  return new UnavailableError({ where, got: `${code} from the file system for "${path}"`, expected, remedy: remedyFor(cause), cause });
}
