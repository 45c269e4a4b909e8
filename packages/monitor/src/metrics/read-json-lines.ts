import { InvalidFileError } from '@pg/core';
import { onFileRead, requireRegularFile } from '@pg/core/files';
import { eachLine } from '../files/each-line.js';
import type { Metrics } from './metrics.js';

/** The rows of a metrics file. */
export interface MetricsRows {
  readonly rows: readonly Metrics[];
  /** What is wrong with the end of the file, as the end of a sentence that begins with its name; nothing where all is well. */
  readonly warning?: string | undefined;
}

/** What is said of a file that ends within a row, as a power cut leaves it. */
export const TORN = 'ends within a row, which is left out.';

/**
 * Reads what `jsonLines` has written, or another program: CRLF, a byte order mark, empty lines and a last row without its line end are understood.
 *
 * @throws InvalidFileError naming the first line that is no row; UnavailableError when the file cannot be read
 */
export function readJsonLines(where: string, path: string): MetricsRows {
  const rows: Metrics[] = [];
  let broken: number | undefined;
  onFileRead(where, path, () => requireRegularFile(where, path));
  const end = onFileRead(where, path, () =>
    eachLine(path, (line, number) => {
      if (line === '') return;
      const row = parseJsonRow(line);
      if (row === undefined) broken ??= number;
      else rows.push(row);
    }),
  );
  if (broken !== undefined) refuse(where, path, broken);
  if (end === '') return { rows };
  const last = parseJsonRow(end);
  return last === undefined ? { rows, warning: TORN } : { rows: [...rows, last] };
}

/** A line as a row of metrics, if it is one. */
export function parseJsonRow(line: string): Metrics | undefined {
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
