import { closeSync, constants, fstatSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UnavailableError } from '@pg/core';
import { makeFolder, onFile, requireRegularFile } from '@pg/core/files';

/** A file that only grows, by whole pieces. */
export interface GrowingFile {
  /**
   * Appends a piece at the end of the file, whoever wrote there last; it has reached the operating system when the call returns. When the file
   * system refuses half-way, as a full disk does, what was written of the piece is taken back, and the call can be made again.
   *
   * @throws UnavailableError when the file system refuses, or the file was removed
   */
  append(piece: Uint8Array): void;
  /**
   * Looks whether another file has taken the place of this one, and goes on at the end of that.
   *
   * @returns whether it was so
   * @throws UnavailableError when the file was removed
   */
  refresh(): boolean;
  /** Closes the file; a second call does nothing. */
  close(): void;
}

/** Which file grows. */
export interface GrowingFileOptions {
  readonly where: string;
  readonly path: string;
  /** Whether to keep what the file holds. */
  readonly append: boolean;
}

const { O_APPEND, O_CREAT, O_TRUNC, O_WRONLY } = constants;

/** Opens a file that grows. Missing folders are made now, and never again. */
export function openGrowingFile({ where, path, append }: GrowingFileOptions): GrowingFile {
  const writing = `${where}.write`;
  let descriptor: number | undefined = onFile(where, path, () => {
    makeFolder(dirname(path));
    requireRegularFile(where, path);
    return openSync(path, O_APPEND | O_WRONLY | O_CREAT | (append ? 0 : O_TRUNC), 0o666);
  });
  const refresh = () => {
    const there = onFile(writing, path, () => statSync(path, { bigint: true, throwIfNoEntry: false }));
    if (there === undefined) throw removed(writing, path);
    const own = fstatSync(descriptor!, { bigint: true });
    if (own.ino === there.ino && own.dev === there.dev) return false;
    const replacement = onFile(writing, path, () => openSync(path, O_APPEND | O_WRONLY));
    closeSync(descriptor!);
    descriptor = replacement;
    return true;
  };
  return {
    refresh,
    append(piece) {
      refresh();
      onFile(writing, path, () => appendWhole(descriptor!, piece));
    },
    close() {
      if (descriptor !== undefined) onFile(`${where}.close`, path, () => closeSync(descriptor!));
      descriptor = undefined;
    },
  };
}

/** Writes a piece at the end of a file, or nothing. */
function appendWhole(descriptor: number, piece: Uint8Array): void {
  const before = fstatSync(descriptor).size;
  let written = 0;
  try {
    while (written < piece.length) written += writeSync(descriptor, piece, written);
  } catch (cause) {
    // Unless somebody else has written behind it.
    if (fstatSync(descriptor).size === before + written) ftruncateSync(descriptor, before);
    throw cause;
  }
}

function removed(where: string, path: string): UnavailableError {
  return new UnavailableError({
    where,
    got: `"${path}", which was removed or renamed while it was written`,
    expected: 'the file as it was opened',
    remedy: 'Put it back, or open another one.',
  });
}
