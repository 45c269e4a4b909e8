import { InvalidFileError } from '@pg/core';
import type { Metrics } from './metrics.js';

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Other programs write what is missing in these ways. */
const missing = /^(|nan|[+-]?inf(inity)?)$/i;

/**
 * The columns of a table by its first line; none of an empty line.
 *
 * @throws InvalidFileError for a line that is no header in UTF-8
 */
export function parseHeader(where: string, path: string, line: string): readonly string[] {
  if (line === '') return [];
  const cells = splitCells(line);
  // A NUL is half a letter of UTF-16, and U+FFFD is no letter of UTF-8.
  if (cells !== undefined && !/[\0\uFFFD]/.test(line)) return cells;
  throw new InvalidFileError({
    where,
    got: `"${path}" with a first line that is no header`,
    expected: 'the names of columns, separated by commas, in UTF-8',
    remedy: 'Save the table as CSV in UTF-8, or write to another file.',
  });
}

/** A line of a table as a row; cells that are empty, NaN or infinite are left out of it. Undefined where the line does not fit the columns. */
export function parseTableRow(columns: readonly string[], line: string): Metrics | undefined {
  const cells = splitCells(line);
  if (cells?.length !== columns.length) return undefined;
  const row: Record<string, number> = {};
  for (let at = 0; at < columns.length; at++) {
    const cell = cells[at]!.trim();
    if (missing.test(cell)) continue;
    if (!number.test(cell)) return undefined;
    row[columns[at]!] = Number(cell);
  }
  return row;
}

/** Whether a last line without its end may be a whole row: of a number that ends with its sign, point or exponent something is missing. */
export function isWholeRow(columns: readonly string[], line: string): boolean {
  return parseTableRow(columns, line) !== undefined && !/[-+.e]$/i.test(line);
}

/** The cells of a line, quoted or not; undefined where a quote is not closed. */
export function splitCells(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',');
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (let ended = false; !ended; ) {
    const match = cell.exec(line);
    if (match === null) return undefined;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    ended = match[3] === '';
  }
  return cells;
}
