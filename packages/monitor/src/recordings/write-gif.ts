import type { Picture } from '@pg/core';
import { writeFileAtomicallySync } from '@pg/core/files';
import { requireIterable, requirePath } from '../checks/require.js';
import { GifEncoder } from './gif-encoder.js';
import { type GifOptions, parseGifOptions } from './gif-options.js';

/**
 * Writes pictures of one size as an animated GIF, whole or not at all; an old file is replaced and missing folders are made. Up to
 * 256 colors in what changes between two pictures are exact. The same pictures give the same bytes.
 *
 * @param frames - taken one by one: a generator needs no memory for all of them
 * @throws InvalidOptionsError when there is no picture, or for options out of range; InvalidShapeError for pictures of different
 * sizes; UnavailableError when the file system refuses
 */
export function writeGif(path: string, frames: Iterable<Picture>, options: GifOptions = {}): void {
  requirePath('writeGif', path);
  requireIterable('writeGif', 'frames', frames);
  const encoder = new GifEncoder('writeGif', parseGifOptions('writeGif', options));
  for (const frame of frames) encoder.add(frame);
  writeFileAtomicallySync('writeGif', path, encoder.finish());
}
