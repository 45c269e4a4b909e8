import { UnavailableError } from '@pg/core';
import type { TensorboardWriter } from './tensorboard-writer.js';

/** What surrounds an event file that training outlives. */
export interface OutliveOptions {
  /** Told of the first refusal, once until something gets through again. */
  readonly warn: (error: UnavailableError) => void;
  /** Throws an UnavailableError where nothing may be written any more. */
  readonly check: () => void;
}

/** An event file that training outlives: what the file system refuses is left out of it. */
export function outlive(board: TensorboardWriter, { warn, check }: OutliveOptions): TensorboardWriter {
  let refused = false;
  const attempt = (action: () => void) => {
    try {
      check();
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
