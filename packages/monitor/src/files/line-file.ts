import { appendFileSync, closeSync, existsSync, openSync, readSync, truncateSync } from 'node:fs';
import { DisposedError } from '@pg/core';
import { onFile, onFileRead, requireRegularFile, writeFileAtomicallySync } from '@pg/core/files';
import { eachLine, sizeInLines } from './each-line.js';
import { openGrowingFile } from './growing-file.js';

/** A text file that grows by whole lines. */
export interface LineFile {
  /** Appends one line, whole or not at all; it has reached the operating system when the call returns. */
  append(line: string): void;
  /** The lines so far, without their ends. */
  read(): string[];
  /** Replaces all lines at once. */
  rewrite(lines: readonly string[]): void;
  /** Goes on with another file that has taken the place of this one; whether it was so. */
  refresh(): boolean;
  /** Closes the file; a second call does nothing. */
  close(): void;
}

/** Which file grows by lines, and how. */
export interface LineFileOptions {
  readonly where: string;
  readonly path: string;
  /** Whether to go on after the lines of an old file instead of replacing it. */
  readonly append: boolean;
  /** Whether a last line without its end is whole, and may be gone on after; `header` is the first line. One that a power cut has torn is removed. */
  readonly isWhole: (line: string, header: string) => boolean;
}

/** Opens a file of lines. Missing folders are made. Lines end as those of the old file do, and its byte order mark stays. */
export function openLineFile({ where, path, append, isWhole }: LineFileOptions): LineFile {
  onFileRead(where, path, () => requireRegularFile(where, path));
  if (append) endLastLine(where, path, isWhole);
  const { mark, end } = append ? onFileRead(where, path, () => styleOf(path)) : plainStyle;
  let file = openGrowingFile({ where, path, append });
  let closed = false;
  const requireOpen = () => {
    if (closed) refuse(where, path);
  };
  return {
    append(line) {
      requireOpen();
      file.append(Buffer.from(line + end));
    },
    read: () => onFileRead(where, path, () => linesOf(path)),
    rewrite(lines) {
      requireOpen();
      file.refresh();
      // Closed first: Windows does not rename over an open file.
      file.close();
      try {
        writeFileAtomicallySync(`${where}.write`, path, mark + lines.map((line) => line + end).join(''));
      } finally {
        file = openGrowingFile({ where, path, append: true });
      }
    },
    refresh() {
      requireOpen();
      return file.refresh();
    },
    close() {
      closed = true;
      file.close();
    },
  };
}

/** How the lines of a file look. */
interface LineStyle {
  /** The byte order mark, or nothing. */
  readonly mark: string;
  /** What each line ends with. */
  readonly end: string;
}

const plainStyle: LineStyle = { mark: '', end: '\n' };

/** The style of an old file, by its first line as far as it lies in the first 64 KiB. */
function styleOf(path: string): LineStyle {
  if (!existsSync(path)) return plainStyle;
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(1 << 16);
    const text = head.toString('utf8', 0, readSync(descriptor, head));
    return { mark: text.startsWith('\uFEFF') ? '\uFEFF' : '', end: /\r\n/.test(text.slice(0, text.indexOf('\n') + 1)) ? '\r\n' : '\n' };
  } finally {
    closeSync(descriptor);
  }
}

function linesOf(path: string): string[] {
  const lines: string[] = [];
  eachLine(path, (line) => lines.push(line));
  return lines;
}

/** Ends the last line of an old file, or removes it: nothing may be glued to a line without its end. */
function endLastLine(where: string, path: string, isWhole: LineFileOptions['isWhole']): void {
  const unfinished = onFileRead(where, path, () => (existsSync(path) ? lastLine(path) : undefined));
  if (unfinished === undefined) return;
  const { line, header, begin } = unfinished;
  onFile(where, path, () => (isWhole(line, header) ? appendFileSync(path, styleOf(path).end) : truncateSync(path, begin)));
}

/** A last line without its end, the first line, and the byte at which the last one begins. */
function lastLine(path: string): { readonly line: string; readonly header: string; readonly begin: number } | undefined {
  const { whole, all } = settledSize(path);
  if (whole === all) return undefined;
  let header = '';
  const line = eachLine(path, (text, number) => {
    if (number === 1) header = text;
  });
  return line === '' ? undefined : { line, header, begin: whole };
}

/** The size of a file, when no other process is about to write the end of its last line. */
function settledSize(path: string): ReturnType<typeof sizeInLines> {
  let size = sizeInLines(path);
  for (let again = 0; size.whole < size.all && again < 10; again++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    const now = sizeInLines(path);
    if (now.all === size.all) return now;
    size = now;
  }
  return size;
}

function refuse(where: string, path: string): never {
  throw new DisposedError({
    where: `${where}.write`,
    got: `a row for "${path}" after close()`,
    expected: 'an open file',
    remedy: `Write before closing, or open it again with ${where}(path, { append: true }).`,
  });
}
