import { InvalidFileError } from '@pg/core';
import { eachLine } from '../files/each-line.js';
import { onFile } from '../files/file-system.js';
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
  const rows: Metrics[] = [];
  let broken: number | undefined;
  const truncated = onFile(where, path, () =>
    eachLine(path, (line, number) => {
      const row = parseRow(line);
      if (row === undefined) broken ??= number;
      else rows.push(row);
    }),
  );
  if (broken !== undefined) refuse(where, path, broken);
  return { rows, truncated };
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
