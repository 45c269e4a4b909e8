import { existsSync, readFileSync } from 'node:fs';
import { DisposedError } from '@pg/core';
import { bytesOfWholeLines } from './each-line.js';
import { onFile } from './file-system.js';
import { openGrowingFile } from './growing-file.js';
import { writeAtomically } from './write-atomically.js';

/** A text file that grows by whole lines. */
export interface LineFile {
  /** Appends one line, whole or not at all; it has reached the operating system when the call returns. */
  append(line: string): void;
  /** The lines so far. */
  read(): string[];
  /** Replaces all lines at once. */
  rewrite(lines: readonly string[]): void;
  /** Closes the file; a second call does nothing. */
  close(): void;
}

/** Opens a file of lines: replaces an old one, or with `append` goes on after its last whole line. Missing folders are made. */
export function openLineFile({ where, path, append }: { where: string; path: string; append: boolean }): LineFile {
  let file = openGrowingFile({ where, path, keep: append ? wholeLines(where, path) : 0 });
  let closed = false;
  return {
    append(line) {
      if (closed) refuse(where, path);
      file.append(Buffer.from(`${line}\n`));
    },
    read: () => onFile(where, path, () => readFileSync(path, 'utf8').split('\n').slice(0, -1)),
    rewrite(lines) {
      if (closed) refuse(where, path);
      // Closed first: Windows does not rename over an open file.
      file.close();
      const text = lines.map((line) => `${line}\n`).join('');
      try {
        writeAtomically(`${where}.write`, path, text);
      } finally {
        file = openGrowingFile({ where, path, keep: wholeLines(where, path) });
      }
    },
    close() {
      closed = true;
      file.close();
    },
  };
}

/** Nothing may be glued to a line without its end. */
function wholeLines(where: string, path: string): number {
  return onFile(where, path, () => (existsSync(path) ? bytesOfWholeLines(path) : 0));
}

function refuse(where: string, path: string): never {
  throw new DisposedError({
    where: `${where}.write`,
    got: `a row for "${path}" after close()`,
    expected: 'an open file',
    remedy: `Write before closing, or open it again with ${where}(path, { append: true }).`,
  });
}
