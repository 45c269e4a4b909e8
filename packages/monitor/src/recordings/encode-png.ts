import { type Picture, requirePicture } from '@pg/core';
import { encode } from 'fast-png';

/** A picture as a PNG file. */
export function encodePng(where: string, picture: Picture): Uint8Array {
  requirePicture(where, picture);
  const { width, height, data } = picture;
  return encode({ width, height, data, channels: 3, depth: 8 });
}
