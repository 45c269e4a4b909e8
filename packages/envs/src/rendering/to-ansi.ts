import { type Picture, parseOptions, requirePicture } from '@pg/core';
import * as z from 'zod/mini';
import { type ColorCode, palette256, truecolor } from './ansi-colors.js';
import { inkOf } from './ink.js';
import { pixelAt } from './pixel.js';
import { resizePicture } from './resize-picture.js';

/** How {@link toAnsi} writes a picture. */
export interface AnsiOptions {
  /** Characters a line, at most; `process.stdout.columns` fills a terminal. */
  readonly columns: number;
  /** Lines, at most. Default: as many as the columns ask for. */
  readonly rows?: number;
  /**
   * `truecolor`, 24 bits, by default; `256` for older terminals; `none` writes no escape sequences and marks what differs from the
   * background.
   */
  readonly color?: 'truecolor' | '256' | 'none';
}

const schema = z.strictObject({
  columns: z.int().check(z.gte(1)),
  rows: z.optional(z.int().check(z.gte(1))),
  color: z._default(z.enum(['truecolor', '256', 'none']), 'truecolor'),
});

const RESET = '\u001b[0m';
const UPPER_HALF = '▀';

/**
 * A picture as lines of text for a terminal: each character is an upper half block, whose foreground and background are two pixels
 * one above the other. The picture keeps its proportions (a character is taken to be twice as high as wide) and is scaled by area
 * to the largest size that fits into the columns and rows.
 *
 * @returns lines separated by `\n`, none after the last; each resets the colors at its end
 * @throws InvalidOptionsError for options that are no numbers of characters
 */
export function toAnsi(picture: Picture, options: AnsiOptions): string {
  const { columns, rows, color } = parseOptions('toAnsi', schema, options);
  requirePicture('toAnsi', picture);
  const scale = Math.min(columns / picture.width, rows === undefined ? Number.POSITIVE_INFINITY : (2 * rows) / picture.height);
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  const pixels = resizePicture(picture, { width: side(picture.width), height: side(picture.height) });
  return color === 'none' ? plainLines(pixels) : coloredLines(pixels, color === '256' ? palette256 : truecolor);
}

function coloredLines(picture: Picture, colorCode: ColorCode): string {
  const lines: string[] = [];
  for (let row = 0; row < picture.height; row += 2) {
    let line = '';
    let last = '';
    for (let column = 0; column < picture.width; column++) {
      const code = colorCode(pixelAt(picture, column, row)!, pixelAt(picture, column, row + 1));
      line += code === last ? UPPER_HALF : `\u001b[${code}m${UPPER_HALF}`;
      last = code;
    }
    lines.push(line + RESET);
  }
  return lines.join('\n');
}

function plainLines(picture: Picture): string {
  const { width, height } = picture;
  const ink = inkOf(picture);
  const lines: string[] = [];
  for (let row = 0; row < height; row += 2) {
    let line = '';
    for (let column = 0; column < width; column++) {
      const upper = ink[row * width + column]!;
      const lower = ink[(row + 1) * width + column] ?? 0;
      line += ' ▀▄█'[upper + 2 * lower]!;
    }
    lines.push(line);
  }
  return lines.join('\n');
}
