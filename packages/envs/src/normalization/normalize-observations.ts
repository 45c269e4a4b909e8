import { type Box, type Dtype, describeSpace, InvalidOptionsError, parseOptions, requireSpace, type Shape } from '@pg/core';
import * as z from 'zod/mini';
import type { NormalizationLayer } from './normalization-layer.js';
import { normalizingOptions } from './normalizing-options.js';

/** What {@link normalizeObservations} can be told. */
export interface NormalizeObservationsOptions {
  /** Results are clipped to ± this; 10 by default. */
  readonly clip?: number;
  /** Added to variances, against divisions by zero; 1e−8 by default. */
  readonly epsilon?: number;
}

const schema = z.strictObject(normalizingOptions);

/**
 * Each element of the observations minus its mean, divided by its standard deviation, over everything that all copies have
 * shown so far: clip((obs − μ)/√(σ² + ε), ±clip). Always float32.
 *
 * All copies share the moments, which take in a batch in the order of the copies before it is normalised. An episode's final
 * observation is not counted, and is scaled with the moments from before its step.
 *
 * This is `VecNormalize` of Stable-Baselines3 with one difference: there a final observation is scaled with the moments that already
 * count the first observation of the next episode. Here a single environment and N = 1 copies give the same numbers, and the next
 * episode of a single environment has not begun.
 *
 * The running environment's `normalization` saves, loads and freezes what was learned. It comes last in a pipe.
 *
 * @throws InvalidOptionsError when an option is wrong, and for choices
 * @example
 * ```ts
 * const spec = cartPole().pipe(normalizeObservations()).pipe(normalizeRewards({ gamma: 0.99 }));
 * ```
 */
export function normalizeObservations(options: NormalizeObservationsOptions = {}): <S extends Shape>(space: Box<S, Dtype>) => NormalizationLayer<Box<S>> {
  const { clip, epsilon } = parseOptions('normalizeObservations', schema, options);
  return (space) => {
    requireSpace('normalizeObservations', space);
    if (space.kind !== 'box') {
      throw new InvalidOptionsError({
        where: 'normalizeObservations',
        got: `observations of ${describeSpace(space)}`,
        expected: 'Box observations',
        remedy: 'Remove it: choices have no mean.',
      });
    }
    const size = space.low.length;
    return {
      name: 'normalizeObservations',
      space: { kind: 'box', shape: space.shape, dtype: 'float32', low: new Float32Array(size).fill(-clip), high: new Float32Array(size).fill(clip) },
      observations: { clip, epsilon },
    };
  };
}
