import { type Box, elementSize, type Space } from '@pg/core';
import { constant, type DistributionSpec, dense, type Layer, type Network, orthogonal } from '@pg/nn';
import type { GaussianSettings } from './gaussian-options.js';
import { type OutputOptions, outputLayer } from './output-options.js';

/** The part of a network that draws actions from a space. */
export interface ActionHead {
  readonly heads: Readonly<Record<string, readonly Layer[]>>;
  readonly vectors: NonNullable<Network['vectors']>;
  readonly distribution: DistributionSpec;
}

/** Logits for a discrete space. Small weights: the first actions are nearly uniform. */
export function categoricalHead(space: Space, output: OutputOptions): ActionHead {
  const classes = space.kind === 'discrete' ? space.size : 0;
  return {
    heads: { logits: [outputLayer(classes, output, orthogonal(0.01))] },
    vectors: {},
    distribution: { kind: 'categorical', head: 'logits' },
  };
}

/** The logit of choice 1 for a space of two. Small weights: the first actions are nearly uniform. */
export function bernoulliHead(output: OutputOptions): ActionHead {
  return {
    heads: { logit: [outputLayer(1, output, orthogonal(0.01))] },
    vectors: {},
    distribution: { kind: 'bernoulli', head: 'logit' },
  };
}

/** log σ of a head is clamped to this, as Stable-Baselines3 does: its exponential can neither vanish nor explode. */
export const logStdRange = { low: -20, high: 2 } as const;

/** Means for a box, and a log standard deviation for each: free vectors, or outputs of a second head. */
export function gaussianHead(space: Space, { logStd, initialLogStd, squash }: GaussianSettings, output: OutputOptions): ActionHead {
  const size = elementSize(space);
  const mean = [outputLayer(size, output, orthogonal(0.01))];
  const bounds = squash && space.kind === 'box' ? { squash: boundsOf(space) } : {};
  if (logStd === 'free') {
    return {
      heads: { mean },
      vectors: { logStd: { size, init: constant(initialLogStd) } },
      distribution: { kind: 'diagonalGaussian', head: 'mean', logStd: 'logStd', ...bounds },
    };
  }
  return {
    heads: { mean, logStd: [dense(size, { weightInit: orthogonal(0.01), biasInit: constant(initialLogStd) })] },
    vectors: {},
    distribution: { kind: 'diagonalGaussian', head: 'mean', logStdHead: 'logStd', logStdRange, ...bounds },
  };
}

/** A box's bounds as numbers. */
export function boundsOf({ low, high }: Pick<Box, 'low' | 'high'>): { readonly low: readonly number[]; readonly high: readonly number[] } {
  return { low: [...low], high: [...high] };
}

/** One number, V(s). */
export function valueHead(output: OutputOptions): readonly Layer[] {
  return [outputLayer(1, output, orthogonal(1))];
}
