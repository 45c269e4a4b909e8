import { type Picture, requirePicture } from '@pg/core';
import { encode } from 'fast-png';
import { writeAtomically } from '../files/write-atomically.js';

/**
 * Writes a picture as a PNG file, whole or not at all; an old file is replaced and missing folders are made. The same picture
 * gives the same bytes.
 *
 * @throws InvalidShapeError for data that are not width × height × 3 bytes; UnavailableError when the file system refuses
 */
export function writePng(path: string, picture: Picture): void {
  requirePicture('writePng', picture);
  const { width, height, data } = picture;
  writeAtomically('writePng', path, encode({ width, height, data, channels: 3, depth: 8 }));
}
