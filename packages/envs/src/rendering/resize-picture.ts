import { allocate, type Picture, requirePicture } from '@pg/core';
import { requireSize, type Size } from './size.js';

/**
 * A picture in another size, by area: each new pixel is the mean of what it covers of the old picture, fractions of pixels counted
 * as such. Enlarging by whole numbers repeats pixels.
 *
 * @throws InvalidOptionsError for sides that are not whole numbers from 1 on
 * @throws UnavailableError when there is no memory for so many pixels
 */
export function resizePicture(picture: Picture, size: Size): Picture {
  requirePicture('resizePicture', picture);
  requireSize('resizePicture', size);
  const { width, height } = size;
  const narrowed = resizeAxis(new Float64Array(picture.data), { outer: picture.height, from: picture.width, to: width, inner: 3 });
  const resized = resizeAxis(narrowed, { outer: 1, from: picture.height, to: height, inner: width * 3 });
  const data = new Uint8Array(resized.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(resized[i]!);
  return { width, height, data };
}

interface Axis {
  readonly outer: number;
  readonly from: number;
  readonly to: number;
  readonly inner: number;
}

/** `[outer, from, inner]` → `[outer, to, inner]`: each value is the mean of the from/to old ones under it. */
function resizeAxis(values: Float64Array, { outer, from, to, inner }: Axis): Float64Array {
  const resized = allocate(Float64Array, outer * to * inner, `the pixels of a side of ${to}`);
  for (let block = 0; block < outer; block++) {
    for (let target = 0; target < to; target++) {
      // in units of 1/to of an old pixel all is whole, so the weights of a target sum to `from`
      const start = target * from;
      const end = start + from;
      const into = (block * to + target) * inner;
      for (let source = Math.floor(start / to); source * to < end; source++) {
        const weight = (Math.min(end, (source + 1) * to) - Math.max(start, source * to)) / from;
        const out = (block * from + source) * inner;
        for (let k = 0; k < inner; k++) resized[into + k]! += weight * values[out + k]!;
      }
    }
  }
  return resized;
}
