import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const chunkBytes = 4 << 20;
const newline = 10;

/**
 * Calls `take` with each line of a text file and its number from 1. The file is read in pieces: a run of a million updates has more text than
 * one string can hold.
 *
 * @returns whether the file ends within a line, which is not taken
 */
export function eachLine(path: string, take: (line: string, number: number) => void): boolean {
  const descriptor = openSync(path, 'r');
  try {
    let number = 0;
    let rest = Buffer.alloc(0);
    for (const chunk of chunks(descriptor)) {
      const text = Buffer.concat([rest, chunk]);
      const end = text.lastIndexOf(newline) + 1;
      rest = text.subarray(end);
      for (const line of end === 0 ? [] : text.toString('utf8', 0, end - 1).split('\n')) take(line, ++number);
    }
    return rest.length > 0;
  } finally {
    closeSync(descriptor);
  }
}

/** Bytes of a text file up to its last line end. A line without its end is what a power cut leaves. */
export function bytesOfWholeLines(path: string): number {
  const descriptor = openSync(path, 'r');
  try {
    for (let end = fstatSync(descriptor).size; end > 0; ) {
      const begin = Math.max(0, end - chunkBytes);
      const chunk = Buffer.alloc(end - begin);
      const length = readSync(descriptor, chunk, 0, chunk.length, begin);
      const last = chunk.subarray(0, length).lastIndexOf(newline);
      if (last >= 0) return begin + last + 1;
      end = begin;
    }
    return 0;
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
