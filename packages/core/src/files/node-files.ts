import { UnavailableError } from '@pg/core';

/** Node's modules for files. */
export interface NodeFiles {
  readonly fs: typeof import('node:fs');
  readonly paths: typeof import('node:path');
  readonly urls: typeof import('node:url');
  readonly os: typeof import('node:os');
}

/**
 * Node's modules for files, asked for when they are needed: an import would keep the packages out of browsers.
 *
 * @throws UnavailableError where there are none
 */
export function nodeFiles(where: string): NodeFiles {
  const load = globalThis.process?.getBuiltinModule;
  if (typeof load === 'function') return { fs: load('node:fs'), paths: load('node:path'), urls: load('node:url'), os: load('node:os') };
  throw new UnavailableError({
    where,
    got: 'a runtime without a file system',
    expected: 'Node.js',
    remedy: 'Save to and load from bytes in a browser: toBytes(), toCheckpoint().',
  });
}

/** Whether this runtime has files. */
export function hasFiles(): boolean {
  return typeof globalThis.process?.getBuiltinModule === 'function';
}
