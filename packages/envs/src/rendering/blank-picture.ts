import { allocate, type Picture } from '@pg/core';
import { type Color, requireColor } from './color.js';
import { requireSize, type Size } from './size.js';

/**
 * A new picture of one color, to draw on with {@link fillPolygon}, {@link fillRectangle}, {@link fillDisc} and {@link strokeLine}.
 *
 * @throws InvalidOptionsError for sides that are not whole numbers from 1 on
 * @throws UnavailableError when there is no memory for so many pixels
 */
export function blankPicture(size: Size, color: Color): Picture {
  requireSize('blankPicture', size);
  const { width, height } = size;
  requireColor('blankPicture', color);
  const data = allocate(Uint8Array, height * width * 3, `the pixels of ${width}×${height}`);
  data.set(color);
  // each copy doubles what is filled
  for (let filled = 3; filled < data.length; filled *= 2) data.copyWithin(filled, 0, filled);
  return { width, height, data };
}
