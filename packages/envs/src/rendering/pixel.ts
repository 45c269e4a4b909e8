import type { Picture } from '@pg/core';
import type { Color } from './color.js';

/** The color at a column and a row; nothing below the picture. */
export function pixelAt({ width, height, data }: Picture, column: number, row: number): Color | undefined {
  if (row >= height) return undefined;
  const at = (row * width + column) * 3;
  return [data[at]!, data[at + 1]!, data[at + 2]!];
}
