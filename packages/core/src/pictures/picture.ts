import { describeValue } from '../errors/describe.js';
import { InvalidShapeError } from '../errors/kinds.js';
import { requireText } from '../options/require-argument.js';
import { isUint8Array } from '../realms/array-name.js';

/** A picture of red, green and blue bytes, rows from the top and columns from the left. */
export interface Picture {
  /** Columns. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** `[height, width, 3]`: 0 to 255 each. */
  readonly data: Uint8Array;
}

/**
 * Refuses what is no picture, at the boundary of a function that takes one.
 *
 * @param where - the function that was given the picture; begins the error message
 * @throws InvalidShapeError when a side is not a whole number from 1 on, or the data are not height × width × 3 bytes
 */
export function requirePicture(where: string, picture: Picture): void {
  requireText('requirePicture', 'where', where);
  const { width, height, data } = picture ?? {};
  if (!isSide(width) || !isSide(height)) {
    throw new InvalidShapeError({
      where,
      got: `a picture of width ${describeValue(width)} and height ${describeValue(height)}`,
      expected: 'whole numbers of pixels, at least 1',
      remedy: 'Give the picture its width and height.',
    });
  }
  if (isUint8Array(data) && data.length === height * width * 3) return;
  throw new InvalidShapeError({
    where,
    got: `a picture of ${width}×${height} with ${isUint8Array(data) ? `${data.length} bytes` : describeValue(data)}`,
    expected: `a Uint8Array of height × width × 3 = ${height * width * 3} bytes`,
    remedy: 'Give red, green and blue for each pixel, row by row, and no alpha.',
  });
}

function isSide(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
