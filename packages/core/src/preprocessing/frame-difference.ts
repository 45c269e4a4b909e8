import { checkKeys } from '../options/check-keys.js';
import { allocate } from '../runtime/allocate.js';
import { type Box, nearestBounds } from '../spaces/box.js';
import type { Dtype, DtypeArray, Shape } from '../spaces/space.js';
import { requireWhole } from './image.js';
import { requireBox } from './require-box.js';
import type { Stage } from './stage.js';

/**
 * What changed: each observation minus the one `lag` before it. Zero at an episode's start, minus the first one while there
 * are fewer. Any shape; always float32, since bytes have no sign.
 *
 * @throws InvalidOptionsError when an option is unknown, `lag` is not a positive whole number up to 1024, or observations are choices
 */
export function frameDifference(options: { readonly lag?: number } = {}): <S extends Shape>(space: Box<S, Dtype>) => Stage<Box<S>> {
  checkKeys('frameDifference', options, ['lag']);
  const { lag = 1 } = options;
  requireWhole('frameDifference', { name: 'lag', value: lag, from: 1, to: 1024 });
  return (space) => {
    requireBox('frameDifference', space);
    const { low, high } = nearestBounds(space);
    return {
      name: lag === 1 ? 'frameDifference' : `frameDifference(${lag})`,
      space: {
        kind: 'box',
        shape: space.shape,
        dtype: 'float32',
        low: low.map((from, i) => from - high[i]!),
        high: high.map((to, i) => to - low[i]!),
      },
      create: () => difference(space.low.length, lag),
    };
  };
}

function difference(size: number, lag: number) {
  /** The last observations, oldest at `oldest`. */
  const history = allocate(Float32Array, size * lag, `the last ${lag} observations`);
  let oldest = 0;
  return {
    apply(input: DtypeArray, output: DtypeArray, first: boolean): void {
      if (first) for (let k = 0; k < lag; k++) history.set(input, k * size);
      const from = oldest * size;
      for (let i = 0; i < size; i++) {
        const value = input[i]!;
        output[i] = value - history[from + i]!;
        history[from + i] = value;
      }
      oldest = (oldest + 1) % lag;
    },
    snapshot: () => ({ history: history.slice(), oldest }),
    restore(snapshot: unknown): void {
      const memory = snapshot as { readonly history: Float32Array; readonly oldest: number };
      history.set(memory.history);
      oldest = memory.oldest;
    },
  };
}
