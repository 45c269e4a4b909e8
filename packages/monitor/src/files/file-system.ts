import { UnavailableError } from '@pg/core';

const remedies: Readonly<Record<string, string>> = {
  EACCES: 'Check the permissions of the file and its folder.',
  EPERM: 'Check the permissions of the file and its folder.',
  EROFS: 'The file system is read-only; choose another folder.',
  ENOSPC: 'The disk is full; free some space.',
  EISDIR: 'That is a folder; name a file in it.',
  ENOTDIR: 'A part of the path is a file; choose another path.',
  EEXIST: 'A part of the path is a file; choose another path.',
  EMFILE: 'Too many files are open; close the writers that are done.',
};

/** Runs an action on a path; what the file system throws becomes an UnavailableError that says what to do. */
export function onFile<T>(where: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    const { code = 'an error', message = String(cause) } = cause as NodeJS.ErrnoException;
    const remedy = remedies[code] ?? `Check the path; the system says: ${message}.`;
    throw new UnavailableError({ where, got: `${code} from the file system for "${path}"`, expected: 'a path that can be written', remedy, cause });
  }
}
