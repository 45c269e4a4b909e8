import { log } from '@pg/core';
import type { DiagonalGaussianSpec } from '../../distribution-spec.js';
import type { Pointer } from '../kernels.js';
import type { DistributionContext, WasmDistribution } from './distribution-kernels.js';

/** What makes bounded actions of normal numbers. */
interface Squashing {
  /** What it brings to a distribution. */
  readonly parts: Pick<WasmDistribution, 'latents' | 'latentSize' | 'initialize'>;
  /** Actions of `count` rows of latents. */
  toActions(latents: Pointer, actions: Pointer, count: number): void;
  /** Turns log-densities and entropies of latents into those of actions. */
  toDensities(latents: Pointer, logProbs: Pointer, entropies: Pointer, count: number): void;
}

/** Reserves latents [rows, size] and the bounds. */
export function squashing({ arena, kernels, rows }: DistributionContext, { low, high }: NonNullable<DiagonalGaussianSpec['squash']>): Squashing {
  const size = low.length;
  const latents = arena.reserve(rows * size);
  const bounds = arena.reserve(2 * size);
  const logScale = low.reduce((sum, from, i) => sum + log((high[i]! - from) / 2), 0);
  return {
    parts: {
      latents,
      latentSize: size,
      initialize() {
        arena.floats(bounds, 2 * size).set([...low, ...high]);
      },
    },
    toActions: (from, to, count) => kernels.squash(from, bounds, to, count, size),
    toDensities: (from, logProbs, entropies, count) => kernels.squashDensities(from, logProbs, entropies, logScale, count, size),
  };
}
