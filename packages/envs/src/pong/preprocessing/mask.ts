import { type Box, box, type DtypeArray, type Stage } from '@pg/core';
import { FIELD_END, WIDTH } from '../geometry.js';

/** Which pixels of Pong's picture a mask looks at, and which of them count as empty. */
export interface Mask {
  /** The first row; the last is in the play field. */
  readonly top: number;
  /** Every so many rows and columns. */
  readonly step: number;
  /** The colour that is looked at: 0 red, 1 green, 2 blue. */
  readonly channel: number;
  /** The values of it that are background. */
  readonly erased: readonly number[];
}

/** How many rows a mask has. */
export function maskRows({ top, step }: Mask): number {
  return Math.ceil((FIELD_END - top) / step);
}

/** How many columns a mask has. */
export function maskColumns({ step }: Mask): number {
  return Math.ceil(WIDTH / step);
}

/** The picture as ones where something is and zeros elsewhere, flat: [210, 160, 3] → [rows · columns]. */
export function maskStage<N extends number>(mask: Mask): Stage<Box<readonly [N]>> {
  const size = (maskRows(mask) * maskColumns(mask)) as N;
  return { name: 'mask', space: box({ shape: [size], low: 0, high: 1 }), create: () => ({ apply: (input, output) => writeMask(mask, input, output) }) };
}

function writeMask(mask: Mask, input: DtypeArray, output: DtypeArray): void {
  const { top, step, channel, erased } = mask;
  for (let row = top, at = 0; row < FIELD_END; row += step) {
    for (let column = 0; column < WIDTH; column += step, at++) {
      output[at] = erased.includes(input[(row * WIDTH + column) * 3 + channel]!) ? 0 : 1;
    }
  }
}
