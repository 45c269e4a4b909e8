/** The digits of the scores, 3 × 5 cells, rows from the top. */
const FONT = [
  ['###', '#.#', '#.#', '#.#', '###'],
  ['.#.', '.#.', '.#.', '.#.', '.#.'],
  ['###', '..#', '###', '#..', '###'],
  ['###', '..#', '.##', '..#', '###'],
  ['#.#', '#.#', '###', '..#', '..#'],
  ['###', '#..', '###', '..#', '###'],
  ['#..', '#..', '###', '#.#', '###'],
  ['###', '..#', '..#', '..#', '..#'],
  ['###', '#.#', '###', '#.#', '###'],
  ['###', '#.#', '###', '..#', '..#'],
] as const;

/** Pixels of a cell along each side. */
export const CELL = 4;
/** The first row of the digits. */
const TOP = 1;

/** A piece of a digit: its upper left corner in the picture. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** Every score's cells from 0 on, given the columns of ones and tens; a leading zero is left out. */
export function scoreCells({ ones, tens }: { ones: number; tens: number }, highest: number): readonly (readonly Cell[])[] {
  return Array.from({ length: highest + 1 }, (_, score) => {
    const leading = Math.floor(score / 10);
    return [...(leading === 0 ? [] : digitCells(leading, tens)), ...digitCells(score % 10, ones)];
  });
}

function digitCells(digit: number, x: number): readonly Cell[] {
  return FONT[digit]!.flatMap((row, line) => Array.from(row).flatMap((mark, column) => (mark === '#' ? [{ x: x + column * CELL, y: TOP + line * CELL }] : [])));
}
