import { describeValue, InvalidOptionsError, InvalidShapeError } from '@pg/core';
import type { Network } from '../network/network.js';
import { headSize } from '../network/parameters.js';
import type { CompileOptions } from './engine.js';

/**
 * What every engine refuses to compile.
 *
 * @throws InvalidOptionsError for rows that are no positive whole number
 * @throws InvalidShapeError when a head has no layers, or the distribution does not fit the heads and vectors
 */
export function checkNetwork(where: string, network: Network, { rows, distribution }: CompileOptions): void {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new InvalidOptionsError({
      where,
      got: `rows: ${describeValue(rows)}`,
      expected: 'a positive whole number',
      remedy: 'Give the most inputs that are held at a time.',
    });
  }
  const empty = Object.entries(network.heads).find(([, layers]) => layers.length === 0);
  if (empty) {
    throw new InvalidShapeError({
      where,
      got: `the head "${empty[0]}" without layers`,
      expected: 'at least one layer a head',
      remedy: 'Add a dense layer to the head.',
    });
  }
  const { head } = distribution;
  if (!Object.hasOwn(network.heads, head)) {
    const heads = Object.keys(network.heads).join(', ');
    throw new InvalidShapeError({
      where,
      got: `a distribution on the head "${head}"`,
      expected: `one of the heads ${heads}`,
      remedy: 'Name a head of the network.',
    });
  }
  const size = headSize(network, head);
  if (distribution.kind === 'diagonalGaussian' && vectorSize(network, distribution.logStd) !== size) {
    throw new InvalidShapeError({
      where,
      got: `no vector "${distribution.logStd}" of size ${size}`,
      expected: `one log σ for each of the ${size} means`,
      remedy: "Add it to the network's vectors.",
    });
  }
}

function vectorSize({ vectors = {} }: Network, name: string): number | undefined {
  return Object.hasOwn(vectors, name) ? vectors[name]!.size : undefined;
}
