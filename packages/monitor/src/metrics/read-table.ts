import { InvalidFileError } from '@pg/core';
import { eachLine } from '../files/each-line.js';
import { onFileRead } from '../files/file-system.js';
import type { Metrics } from './metrics.js';
import type { JsonLines } from './read-json-lines.js';

/**
 * Reads what `csv` has written.
 *
 * @throws InvalidFileError naming the first line that is no row; UnavailableError when the file cannot be read
 */
export function readTable(where: string, path: string): JsonLines {
  const rows: Metrics[] = [];
  let columns: readonly string[] = [];
  let broken: number | undefined;
  const truncated = onFileRead(where, path, () =>
    eachLine(path, (line, number) => {
      if (number === 1) {
        columns = line.split(',');
        return;
      }
      const row = parseRow(columns, line);
      if (row === undefined) broken ??= number;
      else rows.push(row);
    }),
  );
  if (broken !== undefined) refuse(where, path, broken);
  return { rows, truncated };
}

function parseRow(columns: readonly string[], line: string): Metrics | undefined {
  const cells = line.split(',');
  if (cells.length !== columns.length) return undefined;
  const known = columns.flatMap((name, at) => (cells[at] === '' ? [] : [[name, Number(cells[at])] as const]));
  return known.every(([, value]) => Number.isFinite(value)) ? Object.fromEntries(known) : undefined;
}

function refuse(where: string, path: string, line: number): never {
  throw new InvalidFileError({
    where,
    got: `line ${line} of "${path}", which is no row of its table`,
    expected: 'a number or nothing in each column',
    remedy: 'Remove that line; the others are whole.',
  });
}
