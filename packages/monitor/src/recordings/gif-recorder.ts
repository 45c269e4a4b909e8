import { DisposedError, type Picture } from '@pg/core';
import { writeFileAtomicallySync } from '@pg/core/files';
import { requirePath } from '../checks/require.js';
import { GifEncoder } from './gif-encoder.js';
import { type GifOptions, parseGifOptions } from './gif-options.js';

/** Collects pictures for an animated GIF. */
export interface GifRecorder {
  /** How many pictures there are. */
  readonly frames: number;
  /**
   * Adds the next picture, for example what `env.render()` gives after a step. It is encoded at once, so memory grows by what has
   * changed since the one before, and not by a picture.
   *
   * @throws InvalidShapeError when it is of another size than the first; DisposedError after `save()`
   */
  add(picture: Picture): void;
  /**
   * Writes the file, whole or not at all; an old file is replaced and missing folders are made. A second call does nothing.
   *
   * @throws InvalidOptionsError when there is no picture; UnavailableError when the file system refuses, then it can be tried again
   */
  save(): void;
}

/**
 * Records an episode as an animated GIF, picture by picture. Up to 256 colors in what changes between two pictures are exact.
 *
 * @param path - the file to write
 * @throws InvalidOptionsError for options out of range
 */
export function gifRecorder(path: string, options: GifOptions = {}): GifRecorder {
  requirePath('gifRecorder', path);
  const encoder = new GifEncoder('gifRecorder', parseGifOptions('gifRecorder', options));
  let file: Uint8Array | undefined;
  let saved = false;
  return {
    get frames() {
      return encoder.frames;
    },
    add(picture) {
      if (file !== undefined) throw alreadySaved(path);
      encoder.add(picture);
    },
    save() {
      if (saved) return;
      file ??= encoder.finish();
      writeFileAtomicallySync('gifRecorder.save', path, file);
      saved = true;
    },
  };
}

function alreadySaved(path: string): DisposedError {
  return new DisposedError({
    where: 'gifRecorder.add',
    got: `a picture for "${path}" after save()`,
    expected: 'all pictures before save()',
    remedy: 'Make a new recorder for the next recording.',
  });
}
