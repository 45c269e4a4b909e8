import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const chunkBytes = 4 << 20;
const newline = 10;

/**
 * Calls `take` with each line of a text file in UTF-8 and its number from 1. Lines end with LF or CRLF, neither of which is given, nor is a byte
 * order mark. The file is read in pieces: a run of a million updates has more text than one string can hold.
 *
 * @returns what follows the last line end, and is not taken: a line that is still being written, or that has no end
 */
export function eachLine(path: string, take: (line: string, number: number) => void): string {
  const descriptor = openSync(path, 'r');
  try {
    let number = 0;
    let rest = Buffer.alloc(0);
    for (const chunk of chunks(descriptor)) {
      const text = Buffer.concat([rest, chunk]);
      const end = text.lastIndexOf(newline) + 1;
      rest = text.subarray(end);
      for (const line of end === 0 ? [] : text.toString('utf8', 0, end - 1).split('\n')) take(plainLine(line, ++number), number);
    }
    return plainLine(rest.toString('utf8'), number + 1);
  } finally {
    closeSync(descriptor);
  }
}

function plainLine(line: string, number: number): string {
  const begin = number === 1 && line.startsWith('\uFEFF') ? 1 : 0;
  return line.slice(begin, line.endsWith('\r') ? -1 : undefined);
}

/** Bytes of a text file up to its last line end, and in all. */
export function sizeInLines(path: string): { readonly whole: number; readonly all: number } {
  const descriptor = openSync(path, 'r');
  try {
    const all = fstatSync(descriptor).size;
    for (let end = all; end > 0; ) {
      const begin = Math.max(0, end - chunkBytes);
      const chunk = Buffer.alloc(end - begin);
      const length = readSync(descriptor, chunk, 0, chunk.length, begin);
      const last = chunk.subarray(0, length).lastIndexOf(newline);
      if (last >= 0) return { whole: begin + last + 1, all };
      end = begin;
    }
    return { whole: 0, all };
  } finally {
    closeSync(descriptor);
  }
}

function* chunks(descriptor: number): Generator<Buffer> {
  for (;;) {
    const chunk = Buffer.alloc(chunkBytes);
    const length = readSync(descriptor, chunk);
    if (length === 0) return;
    yield chunk.subarray(0, length);
  }
}
