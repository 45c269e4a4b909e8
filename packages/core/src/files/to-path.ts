import { describeThrown, describeValue, InvalidOptionsError } from '@pg/core';
import { nodeFiles } from './node-files.js';

/** Whether a source is an address that is fetched, and no file. */
export function isAddress(source: string | URL): boolean {
  return /^(https?|blob|data):/i.test(String(source));
}

/**
 * The path of a file to write: a `file:` URL, as an object or as text, becomes a path.
 *
 * @throws InvalidOptionsError for anything else, such as the address of a page
 */
export function toPath(where: string, path: string | URL): string {
  const isText = typeof path === 'string';
  if (isText && path !== '' && !path.includes('\0') && !isAddress(path) && !isFileUrl(path)) return path;
  try {
    if (isFileUrl(path)) return nodeFiles(where).urls.fileURLToPath(path);
  } catch (cause) {
    throw refuse(where, path, cause);
  }
  throw refuse(where, path);
}

/** Whether it is a `file:` URL, of this or another realm. */
export function isFileUrl(path: unknown): path is string | URL {
  const text = typeof path === 'string' ? path : (path as { href?: unknown } | null)?.href;
  return typeof text === 'string' && /^file:\/\//i.test(text);
}

function refuse(where: string, path: unknown, cause?: unknown): InvalidOptionsError {
  const shown = describeValue((path as { href?: unknown } | null)?.href ?? path);
  const reason = cause === undefined ? '' : ` (${describeThrown(cause)})`;
  return new InvalidOptionsError({
    where,
    got: `the path ${shown}${reason}`,
    expected: 'the path of a file, or a file: URL',
    remedy: 'Name a file; to send it elsewhere, take the bytes: toBytes(), toCheckpoint().',
    cause,
  });
}
