/** The digits of the scores, 3 × 5 cells, rows from the top; the games differ in the size of the cells. */
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

/** A piece of a digit: its upper left corner in the picture. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** Where digits stand: the row of their tops, and the columns and rows of a cell. */
export interface DigitLayout {
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The cells of a digit whose left column is x. */
export function digitCells(digit: number, x: number, { top, width, height }: DigitLayout): readonly Cell[] {
  return FONT[digit]!.flatMap((row, line) =>
    Array.from(row).flatMap((mark, column) => (mark === '#' ? [{ x: x + column * width, y: top + line * height }] : [])),
  );
}
