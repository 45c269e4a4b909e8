import { InvalidOptionsError } from '../errors/kinds.js';
import { checkKeys } from '../options/check-keys.js';
import { requireInterval } from '../options/require-interval.js';
import { type Box, nearestBounds } from '../spaces/box.js';
import { requireSpace } from '../spaces/require-space.js';
import { type Dtype, describeSpace, type Shape } from '../spaces/space.js';
import type { ObservationTransform, Stage } from './stage.js';

/** What {@link rescale} can be told. */
export interface RescaleOptions {
  /** Where the lowest values go; 0 by default. */
  readonly low?: number;
  /** Where the highest values go; 1 by default. */
  readonly high?: number;
}

/**
 * Every element from its own bounds to the same new ones, in proportion: bytes / 255 by default. Always float32. An element
 * whose bounds are equal goes to the lower one.
 *
 * @throws InvalidOptionsError when an option is unknown, a bound of the observations is infinite, or the new ones are not finite and low < high
 */
export function rescale(options: RescaleOptions = {}): <S extends Shape>(space: Box<S, Dtype>) => Stage<Box<S>> {
  checkKeys('rescale', options, ['low', 'high']);
  const { low = 0, high = 1 } = options;
  requireInterval('rescale', { low, high }, 'Change the bounds, or leave them out for [0, 1].');
  return (space) => {
    requireFiniteBounds(space);
    const size = space.low.length;
    return {
      name: `rescale(${low}, ${high})`,
      space: { kind: 'box', shape: space.shape, dtype: 'float32', low: new Float32Array(size).fill(low), high: new Float32Array(size).fill(high) },
      create: () => scaler(nearestBounds(space), low, high),
    };
  };
}

function scaler(space: Pick<Box, 'low' | 'high'>, low: number, high: number): ObservationTransform {
  return {
    apply(input, output) {
      for (let i = 0; i < input.length; i++) {
        const least = space.low[i]!;
        const width = space.high[i]! - least;
        output[i] = low + (high - low) * (width === 0 ? 0 : (input[i]! - least) / width);
      }
    },
  };
}

function requireFiniteBounds(space: Box<Shape, Dtype>): void {
  requireSpace('rescale', space);
  if (space.kind === 'box' && space.low.every(Number.isFinite) && space.high.every(Number.isFinite)) return;
  throw new InvalidOptionsError({
    where: 'rescale',
    got: `observations of ${describeSpace(space)}${space.kind === 'box' ? ' with infinite bounds' : ''}`,
    expected: 'a Box with finite bounds',
    remedy: 'Use normalizeObservations() where there are no bounds to scale from.',
  });
}
