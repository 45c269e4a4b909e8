import { describeThrown, describeValue, type GlobalUrl, InvalidFileError, UnavailableError } from '@pg/core';

/**
 * Where a file is: a path (Node), a `file:` or `http(s):` URL, the bytes themselves, or what gives them: a `Response` of fetch, or a `File`
 * that was chosen in a page.
 */
export type FileSource = string | GlobalUrl | Uint8Array | ArrayBuffer | ByteSource;

/** What has bytes to give, such as a `Response`, a `Blob` or a `File`. */
export interface ByteSource {
  /** The bytes. */
  arrayBuffer(): Promise<ArrayBuffer>;
  /** False for a response that says that it failed. */
  readonly ok?: boolean;
  /** The HTTP status of a response. */
  readonly status?: number;
  /** The address of a response. */
  readonly url?: string;
  /** The name of a file. */
  readonly name?: string;
}

/**
 * Writes a file whole or not at all: into a temporary neighbour first, which then takes the name. Folders are made. Several
 * may write one file at once; the last one stays.
 *
 * @throws UnavailableError where there is no file system, as in a browser, or when it refuses; an older file is then untouched
 */
export async function writeFileAtomically(where: string, path: string | GlobalUrl, bytes: Uint8Array): Promise<void> {
  const { fs, paths } = nodeModules(where);
  try {
    const target = toPath(where, path);
    await fs.mkdir(paths.dirname(target), { recursive: true });
    const temporary = await writeNeighbour(fs, target, bytes);
    try {
      await fs.rename(temporary, target);
    } catch (cause) {
      await fs.rm(temporary, { force: true });
      throw cause;
    }
  } catch (cause) {
    const reason = describeThrown(cause);
    throw new UnavailableError({
      where,
      got: `${describeSource(path)} (${reason})`,
      expected: 'a path that can be written',
      remedy: remedyFor(cause),
      cause,
    });
  }
}

function remedyFor(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'The disk is full; free some space.';
  return code === 'EROFS' ? 'The file system is read-only; choose another folder.' : 'Check the path and its permissions.';
}

type FileSystem = ReturnType<typeof nodeModules>['fs'];

/** Writes a new file beside the target, down to the disk; returns its path. */
async function writeNeighbour(fs: FileSystem, target: string, bytes: Uint8Array): Promise<string> {
  const [path, file] = await openNeighbour(fs, target);
  try {
    await file.writeFile(bytes);
    await file.sync();
    await file.close();
    return path;
  } catch (cause) {
    await file.close().catch(() => undefined);
    await fs.rm(path, { force: true });
    throw cause;
  }
}

/** Opens a file that nobody else has: another save of the same file, from this or another thread, has its own. */
async function openNeighbour(fs: FileSystem, target: string) {
  for (let attempt = 0; ; attempt++) {
    const path = `${target}.${process.pid}-${attempt}.tmp`;
    try {
      return [path, await fs.open(path, 'wx')] as const;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    }
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
  if (typeof source !== 'string' && !(source instanceof URL) && !givesBytes(source)) throw unreadable(where, source);
  try {
    if (givesBytes(source)) return await takeBytes(source);
    return isRemote(source) ? await takeBytes(await fetch(source)) : await nodeModules(where).fs.readFile(toPath(where, source));
  } catch (cause) {
    if (UnavailableError.isInstance(cause)) throw cause;
    throw unreadable(where, source, cause);
  }
}

function givesBytes(source: unknown): source is ByteSource {
  return typeof source === 'object' && source !== null && 'arrayBuffer' in source && typeof source.arrayBuffer === 'function';
}

/** In a browser every string is an address; in Node only those that begin as one. */
function isRemote(source: string | URL): boolean {
  return /^(https?|blob|data):/i.test(String(source)) || typeof globalThis.process?.getBuiltinModule !== 'function';
}

async function takeBytes(source: ByteSource): Promise<Uint8Array> {
  if (source.ok === false) throw new Error(`HTTP status ${source.status}`);
  return new Uint8Array(await source.arrayBuffer());
}

/** A `file:` URL, as an object or a string, as a path. */
function toPath(where: string, source: string | URL): string {
  return source instanceof URL || /^file:\/\//i.test(source) ? nodeModules(where).url.fileURLToPath(source) : source;
}

function describeSource(source: unknown): string {
  if (source instanceof URL) return describeValue(source.href);
  return describeValue(givesBytes(source) ? source.url || source.name || source : source);
}

function unreadable(where: string, source: unknown, cause?: unknown): InvalidFileError {
  const reason = cause === undefined ? '' : ` (${reasonOf(cause)})`;
  const remedy = 'Check the name and that the file exists.';
  return new InvalidFileError({ where, got: `${describeSource(source)}${reason}`, expected: 'a readable path, URL, Response or bytes', remedy, cause });
}

/** What Node says of a failed fetch stands in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return describeThrown(error);
  return error.cause instanceof Error && error.cause.message ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Node's file modules, asked for at run time, so that bundlers for browsers find no import to resolve. */
function nodeModules(where: string) {
  const load = globalThis.process?.getBuiltinModule;
  if (typeof load !== 'function') {
    const remedy = 'Save to and load from bytes in a browser: toBytes(), toCheckpoint().';
    throw new UnavailableError({ where, got: 'a runtime without a file system', expected: 'Node.js', remedy });
  }
  return { fs: load('node:fs/promises'), paths: load('node:path'), url: load('node:url') };
}
