import { elementSize, type Space } from '@pg/core';
import { constant, type DistributionSpec, dense, type Layer, type Network, orthogonal } from '@pg/nn';

/** The part of a network that draws actions from a space. */
export interface ActionHead {
  readonly heads: Readonly<Record<string, readonly Layer[]>>;
  readonly vectors: NonNullable<Network['vectors']>;
  readonly distribution: DistributionSpec;
}

/** Logits for a discrete space. Small weights: the first actions are nearly uniform. */
export function categoricalHead(space: Space): ActionHead {
  const classes = space.kind === 'discrete' ? space.size : 0;
  return {
    heads: { logits: [dense(classes, { weightInit: orthogonal(0.01) })] },
    vectors: {},
    distribution: { kind: 'categorical', head: 'logits' },
  };
}

/** Means for a box, and one free log standard deviation for each dimension. */
export function gaussianHead(space: Space, initialLogStd: number): ActionHead {
  const size = elementSize(space);
  return {
    heads: { mean: [dense(size, { weightInit: orthogonal(0.01) })] },
    vectors: { logStd: { size, init: constant(initialLogStd) } },
    distribution: { kind: 'diagonalGaussian', head: 'mean', logStd: 'logStd' },
  };
}

/** One number, V(s). */
export function valueHead(): readonly Layer[] {
  return [dense(1, { weightInit: orthogonal(1) })];
}
