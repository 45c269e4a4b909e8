import { InvalidFileError } from '@pg/core';
import { onFileRead, requireRegularFile } from '@pg/core/files';
import { eachLine } from '../files/each-line.js';
import type { Metrics } from './metrics.js';
import { type MetricsRows, TORN } from './read-json-lines.js';
import { isWholeRow, parseHeader, parseTableRow } from './table-format.js';

/**
 * Reads what `csv` has written, or another program: quotes, CRLF, a byte order mark and empty lines are understood. A last row without its line
 * end is kept where all its cells are there, with a warning: of its last number digits may be missing.
 *
 * @throws InvalidFileError naming the first line that is no row; UnavailableError when the file cannot be read
 */
export function readTable(where: string, path: string): MetricsRows {
  const rows: Metrics[] = [];
  let columns: readonly string[] = [];
  let broken: number | undefined;
  onFileRead(where, path, () => requireRegularFile(where, path));
  const end = onFileRead(where, path, () =>
    eachLine(path, (line, number) => {
      if (number === 1) columns = parseHeader(where, path, line);
      else if (line !== '') {
        const row = parseTableRow(columns, line);
        if (row === undefined) broken ??= number;
        else rows.push(row);
      }
    }),
  );
  if (broken !== undefined) refuse(where, path, broken);
  if (end === '' || columns.length === 0) return { rows };
  if (!isWholeRow(columns, end)) return { rows, warning: TORN };
  return { rows: [...rows, parseTableRow(columns, end)!], warning: 'ends without a line end: digits of its last number may be missing.' };
}

function refuse(where: string, path: string, line: number): never {
  throw new InvalidFileError({
    where,
    got: `line ${line} of "${path}", which is no row of its table`,
    expected: 'a number or nothing in each column',
    remedy: 'Remove that line; the others are whole.',
  });
}
