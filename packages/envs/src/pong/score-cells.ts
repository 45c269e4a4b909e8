import { type Cell, digitCells } from '../atari/digits.js';

/** Pixels of a cell along each side. */
export const CELL = 4;
const LAYOUT = { top: 1, width: CELL, height: CELL };

/** Every score's cells from 0 on, given the columns of ones and tens; a leading zero is left out. */
export function scoreCells({ ones, tens }: { ones: number; tens: number }, highest: number): readonly (readonly Cell[])[] {
  return Array.from({ length: highest + 1 }, (_, score) => {
    const leading = Math.floor(score / 10);
    return [...(leading === 0 ? [] : digitCells(leading, tens, LAYOUT)), ...digitCells(score % 10, ones, LAYOUT)];
  });
}
