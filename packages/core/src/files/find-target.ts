import { UnavailableError } from '@pg/core';
import { nodeFiles } from './node-files.js';
import { insteadOf, otherKind } from './regular-file.js';

/** The file that a path leads to. */
export interface Target {
  /** Behind all links. */
  readonly path: string;
  /** What stands there now. */
  readonly old: { readonly mode: number; readonly uid: number; readonly gid: number } | undefined;
}

/**
 * Follows the links of a path to the file that is to be written, which may not be there yet.
 *
 * @throws UnavailableError for a folder, a pipe, a socket or a device; what the file system throws is passed on
 */
export function findTarget(where: string, path: string): Target {
  const { fs, paths } = nodeFiles(where);
  const old = fs.statSync(path, { throwIfNoEntry: false });
  const kind = old ? otherKind(old) : path.endsWith('/') || path.endsWith(paths.sep) ? 'a folder' : undefined;
  if (kind !== undefined) {
    const expected = 'a regular file, or none yet';
    throw new UnavailableError({ where, got: `"${path}", which is ${kind}`, expected, remedy: insteadOf(kind) });
  }
  let target = paths.resolve(path);
  while (fs.lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) {
    target = paths.resolve(fs.realpathSync(paths.dirname(target)), fs.readlinkSync(target));
  }
  return { path: target, old };
}
