import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { DisposedError } from '@pg/core';
import { onFile } from './file-system.js';
import { writeAtomically } from './write-atomically.js';

/** A text file that grows by whole lines. */
export interface LineFile {
  /** Appends one line; it has reached the operating system when the call returns. */
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
  let descriptor: number | undefined = onFile(where, path, () => {
    mkdirSync(dirname(path), { recursive: true });
    const opened = openSync(path, append ? 'a' : 'w');
    if (append) dropUnfinishedLine(path);
    return opened;
  });
  const close = () => {
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    append(line) {
      const open = descriptor ?? refuse(where, path);
      onFile(`${where}.write`, path, () => appendFileSync(open, `${line}\n`));
    },
    read: () => onFile(where, path, () => readFileSync(path, 'utf8').split('\n').slice(0, -1)),
    rewrite(lines) {
      if (descriptor === undefined) refuse(where, path);
      // Closed first: Windows does not rename over an open file.
      close();
      try {
        writeAtomically(`${where}.write`, path, lines.map((line) => `${line}\n`).join(''));
      } finally {
        descriptor = onFile(where, path, () => openSync(path, 'a'));
      }
    },
    close: () => onFile(`${where}.close`, path, close),
  };
}

/** A line without its end is what a full disk or a power cut leaves; nothing may be glued to it. */
function dropUnfinishedLine(path: string): void {
  const bytes = readFileSync(path);
  const whole = bytes.lastIndexOf('\n') + 1;
  if (whole < bytes.length) truncateSync(path, whole);
}

function refuse(where: string, path: string): never {
  throw new DisposedError({
    where: `${where}.write`,
    got: `a row for "${path}" after close()`,
    expected: 'an open file',
    remedy: `Write before closing, or open it again with ${where}(path, { append: true }).`,
  });
}
