import {
  describeThrown,
  describeValue,
  type GlobalUrl,
  InvalidFileError,
  isArrayBuffer,
  isErrorLike,
  isSharedArrayBuffer,
  isUint8Array,
  isUrl,
  PgError,
} from '@pg/core';
import { hasFiles, nodeFiles } from './node-files.js';
import { remedyFor } from './on-file.js';
import { otherKind } from './regular-file.js';
import { isAddress, isFileUrl } from './to-path.js';

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

/** A file has at most so many bytes: as many as one array holds on every version of Node. */
const MOST_BYTES = 2 ** 32;
/** Node reads no more at once. */
const PIECE_BYTES = 2 ** 30;

/**
 * The bytes of a source.
 *
 * @throws InvalidFileError when it cannot be read: it is missing, a folder, a pipe, a device, or larger than 4 GiB
 */
export async function readSource(where: string, source: FileSource): Promise<Uint8Array> {
  const bytes = bytesOf(source);
  if (bytes !== undefined) return bytes;
  if (typeof source !== 'string' && !isUrl(source) && !givesBytes(source)) throw unreadable(where, source);
  try {
    if (givesBytes(source)) return await takeBytes(source);
    // in a browser every string is an address
    return isAddress(source) || !hasFiles() ? await takeBytes(await fetch(String(source))) : await readFile(where, source);
  } catch (cause) {
    if (PgError.isInstance(cause)) throw cause;
    throw unreadable(where, source, cause);
  }
}

async function readFile(where: string, source: string | URL): Promise<Uint8Array> {
  const { fs, urls } = nodeFiles(where);
  const path = isFileUrl(source) ? urls.fileURLToPath(source) : (source as string);
  // asked before it is opened: opening a pipe waits for its other end
  const kind = otherKind(await fs.promises.stat(path));
  if (kind !== undefined) throw notReadable(where, `${describeValue(path)}, which is ${kind}`, 'Name a file, or read the bytes yourself and pass them.');
  const file = await fs.promises.open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size > MOST_BYTES) throw notReadable(where, `${describeValue(path)} with ${size} bytes`, `It is larger than ${MOST_BYTES} bytes: it is another file.`);
    const bytes = new Uint8Array(size);
    let length = 0;
    for (let read = -1; length < size && read !== 0; length += read) {
      ({ bytesRead: read } = await file.read(bytes, length, Math.min(PIECE_BYTES, size - length), length));
    }
    return length === size ? bytes : bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** Bytes that are given as they are, of any realm. Memory that threads share is copied: another thread may write to it. */
function bytesOf(source: unknown): Uint8Array | undefined {
  if (isUint8Array(source)) return isSharedArrayBuffer(source.buffer) ? new Uint8Array(source) : source;
  if (isArrayBuffer(source)) return new Uint8Array(source);
  return isSharedArrayBuffer(source) ? new Uint8Array(new Uint8Array(source)) : undefined;
}

function givesBytes(source: unknown): source is ByteSource {
  return typeof source === 'object' && source !== null && 'arrayBuffer' in source && typeof source.arrayBuffer === 'function';
}

async function takeBytes(source: ByteSource): Promise<Uint8Array> {
  if (source.ok === false) throw new Error(`HTTP status ${source.status}`);
  return new Uint8Array(await source.arrayBuffer());
}

function describeSource(source: unknown): string {
  if (isUrl(source)) return describeValue(source.href);
  return describeValue(givesBytes(source) ? source.url || source.name || source : source);
}

function unreadable(where: string, source: unknown, cause?: unknown): InvalidFileError {
  const reason = cause === undefined ? '' : ` (${reasonOf(cause)})`;
  const hasCode = typeof (cause as { syscall?: unknown } | undefined)?.syscall === 'string';
  return notReadable(where, `${describeSource(source)}${reason}`, hasCode ? remedyFor(cause) : 'Check the name and that the file exists.', cause);
}

function notReadable(where: string, got: string, remedy: string, cause?: unknown): InvalidFileError {
  return new InvalidFileError({ where, got, expected: 'a readable path, URL, Response or bytes', remedy, cause });
}

/** What Node says of a failed fetch stands in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!isErrorLike(error)) return describeThrown(error);
  return isErrorLike(error.cause) && error.cause.message ? `${error.message}: ${error.cause.message}` : error.message;
}
