import { describeValue, InvalidFileError, UnavailableError } from '@pg/core';

/** Where a file is: a path (Node), a `file:` or `http(s):` URL, or the bytes themselves. */
export type FileSource = string | URL | Uint8Array | ArrayBuffer;

/**
 * Writes a file whole or not at all: into a temporary neighbour first, which then takes the name. Folders are made.
 *
 * @throws UnavailableError where there is no file system, as in a browser
 */
export async function writeFileAtomically(path: string | URL, bytes: Uint8Array): Promise<void> {
  const { fs, paths, url } = nodeModules('save');
  const target = path instanceof URL ? url.fileURLToPath(path) : path;
  await fs.mkdir(paths.dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    const file = await fs.open(temporary, 'w');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, target);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
}

/**
 * The bytes of a source.
 *
 * @throws InvalidFileError when it cannot be read
 */
export async function readSource(where: string, source: FileSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (typeof source !== 'string' && !(source instanceof URL)) throw unreadable(where, source);
  try {
    return isRemote(source) ? await fetchBytes(source) : await nodeModules(where).fs.readFile(source);
  } catch (cause) {
    if (UnavailableError.isInstance(cause)) throw cause;
    throw unreadable(where, source, cause);
  }
}

/** In a browser every string is an address; in Node only those that begin as one. */
function isRemote(source: string | URL): boolean {
  return /^(https?|blob|data):/.test(String(source)) || typeof globalThis.process?.getBuiltinModule !== 'function';
}

async function fetchBytes(source: string | URL): Promise<Uint8Array> {
  const response = await fetch(source);
  if (!response.ok) throw new Error(`HTTP status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function unreadable(where: string, source: unknown, cause?: unknown): InvalidFileError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  const got = source instanceof URL ? source.href : describeValue(source);
  return new InvalidFileError({ where, got: `${got}${reason}`, expected: 'a readable path, URL or bytes', remedy: 'Check the name and that the file exists.', cause });
}

/** Node's file modules, asked for at run time, so that bundlers for browsers find no import to resolve. */
function nodeModules(where: string) {
  const load = globalThis.process?.getBuiltinModule;
  if (typeof load !== 'function') {
    throw new UnavailableError({ where, got: 'a runtime without a file system', expected: 'Node.js', remedy: 'Use toBytes() and loadPolicy(bytes) in a browser.' });
  }
  return { fs: load('node:fs/promises'), paths: load('node:path'), url: load('node:url') };
}
