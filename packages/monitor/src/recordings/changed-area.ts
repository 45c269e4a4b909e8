import type { Picture } from '@pg/core';

/** A rectangle of pixels. */
export interface Area {
  /** Its first column. */
  readonly left: number;
  /** Its first row. */
  readonly top: number;
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
}

/** The smallest rectangle outside which two pictures of one size are equal; nothing when they are equal everywhere. */
export function changedArea(before: Picture, after: Picture): Area | undefined {
  const { width, height } = after;
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let row = 0; row < height; row++) {
    const first = firstChange(before, after, row);
    if (first === width) continue;
    top = Math.min(top, row);
    bottom = row;
    left = Math.min(left, first);
    right = Math.max(right, lastChange(before, after, row));
  }
  return bottom < 0 ? undefined : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

function firstChange({ data: before }: Picture, { width, data: after }: Picture, row: number): number {
  const start = row * width * 3;
  const end = start + width * 3;
  let at = start;
  while (at < end && before[at] === after[at]) at++;
  return Math.floor((at - start) / 3);
}

/** Only for a row with a change. */
function lastChange({ data: before }: Picture, { width, data: after }: Picture, row: number): number {
  const start = row * width * 3;
  let at = start + width * 3 - 1;
  while (before[at] === after[at]) at--;
  return Math.floor((at - start) / 3);
}
