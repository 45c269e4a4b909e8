import type { Picture } from '@pg/core';

/** The longest side that a page is sent. */
const LONGEST = 640;

/** A picture that is small enough to be sent many times a second: each pixel the mean of a square of as many as it takes. */
export function fitPicture(picture: Picture, longest = LONGEST): Picture {
  const side = Math.ceil(Math.max(picture.width, picture.height) / longest);
  if (side === 1) return picture;
  const width = Math.max(1, Math.floor(picture.width / side));
  const height = Math.max(1, Math.floor(picture.height / side));
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) writeMean(data, (row * width + column) * 3, { picture, row, column, side });
  return { width, height, data };
}

interface Square {
  readonly picture: Picture;
  readonly row: number;
  readonly column: number;
  readonly side: number;
}

function writeMean(target: Uint8Array, at: number, { picture: { width, height, data }, row, column, side }: Square): void {
  const [bottom, right] = [Math.min(height, (row + 1) * side), Math.min(width, (column + 1) * side)];
  const pixels = (bottom - row * side) * (right - column * side);
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let y = row * side; y < bottom; y++) for (let x = column * side; x < right; x++) sum += data[(y * width + x) * 3 + channel]!;
    target[at + channel] = Math.round(sum / pixels);
  }
}
