import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { onFile } from './file-system.js';
import { makeFolder } from './make-folder.js';

/** A file that only grows, by whole pieces. */
export interface GrowingFile {
  /** Bytes so far. */
  readonly size: number;
  /**
   * Appends a piece; it has reached the operating system when the call returns. When the file system refuses half-way, as a full disk
   * does, what was written of the piece is taken back, and the call can be made again.
   */
  append(piece: Uint8Array): void;
  /** Closes the file; a second call does nothing. */
  close(): void;
}

/** What a file grows from. */
export interface GrowingFileOptions {
  readonly where: string;
  readonly path: string;
  /** Bytes of an existing file that stay. */
  readonly keep: number;
}

/** Opens a file after its first `keep` bytes: what lies behind them is cut off. Missing folders are made. */
export function openGrowingFile({ where, path, keep }: GrowingFileOptions): GrowingFile {
  let size = keep;
  let descriptor: number | undefined = onFile(where, path, () => {
    makeFolder(dirname(path));
    const opened = openSync(path, 'a');
    ftruncateSync(opened, keep);
    return opened;
  });
  return {
    get size() {
      return size;
    },
    append(piece) {
      const open = descriptor!;
      onFile(`${where}.write`, path, () => {
        try {
          for (let written = 0; written < piece.length; ) written += writeSync(open, piece, written);
        } catch (cause) {
          ftruncateSync(open, size);
          throw cause;
        }
        size += piece.length;
      });
    },
    close() {
      if (descriptor !== undefined) onFile(`${where}.close`, path, () => closeSync(descriptor!));
      descriptor = undefined;
    },
  };
}
