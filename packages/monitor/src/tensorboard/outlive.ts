import { UnavailableError } from '@pg/core';
import type { TensorboardWriter } from './tensorboard-writer.js';

/**
 * An event file that training outlives: what the file system refuses is left out of it. The first refusal is told to `warn`, once until
 * something gets through again.
 */
export function outlive(board: TensorboardWriter, warn: (error: UnavailableError) => void): TensorboardWriter {
  let refused = false;
  const attempt = (action: () => void) => {
    try {
      action();
      refused = false;
    } catch (error) {
      if (!UnavailableError.isInstance(error)) throw error;
      if (!refused) warn(error);
      refused = true;
    }
  };
  return {
    path: board.path,
    write: (metrics) => attempt(() => board.write(metrics)),
    histograms: (prefix, values, step) => attempt(() => board.histograms(prefix, values, step)),
    image: (tag, picture, step) => attempt(() => board.image(tag, picture, step)),
    animation: (tag, pictures, options) => attempt(() => board.animation(tag, pictures, options)),
    close: () => board.close(),
  };
}
