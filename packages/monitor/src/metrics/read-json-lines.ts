import { readFileSync } from 'node:fs';
import { InvalidFileError } from '@pg/core';
import { onFileRead } from '../files/file-system.js';
import type { Metrics } from './metrics.js';

/** The rows of a metrics file. */
export interface JsonLines {
  readonly rows: readonly Metrics[];
  /** Whether the file ends within a row, as a power cut leaves it; that row is left out. */
  readonly truncated: boolean;
}

/**
 * Reads what `jsonLines` has written.
 *
 * @throws InvalidFileError naming the first line that is no row; UnavailableError when the file cannot be read
 */
export function readJsonLines(where: string, path: string): JsonLines {
  const lines = onFileRead(where, path, () => readFileSync(path, 'utf8')).split('\n');
  const unfinished = lines.pop() !== '';
  return { rows: lines.map((line, at) => parseRow(line) ?? refuse(where, path, at + 1)), truncated: unfinished };
}

function parseRow(line: string): Metrics | undefined {
  try {
    const row: unknown = JSON.parse(line);
    const plain = typeof row === 'object' && row !== null && !Array.isArray(row);
    return plain && Object.values(row).every((value) => typeof value === 'number') ? (row as Metrics) : undefined;
  } catch {
    return undefined;
  }
}

function refuse(where: string, path: string, line: number): never {
  throw new InvalidFileError({
    where,
    got: `line ${line} of "${path}", which is no row of metrics`,
    expected: 'one JSON object of numbers a line',
    remedy: 'Remove that line; the others are whole.',
  });
}
