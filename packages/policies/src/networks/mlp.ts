import { type Box, type Dtype, describeValue, InvalidOptionsError } from '@pg/core';
import { type ActivationName, dense, elu, type Layer, orthogonal, relu, sigmoid, tanh } from '@pg/nn';
import type { NetworkSpec } from './network-spec.js';

const activations: Readonly<Record<ActivationName, () => Layer>> = { tanh, relu, elu, sigmoid };

/**
 * Fully connected hidden layers for observations that are vectors, each followed by an activation. Orthogonal weights with
 * gain √2, biases zero.
 *
 * @param units - the size of each hidden layer
 * @param activation - `tanh` (default), `relu`, `elu` or `sigmoid`
 * @throws InvalidOptionsError when a size is not a positive whole number or the activation is unknown
 */
export function mlp(units: readonly number[], activation: ActivationName = 'tanh'): NetworkSpec<Box<readonly [number], Dtype>> {
  if (!Array.isArray(units) || !units.every((size) => Number.isInteger(size) && size > 0)) {
    throw new InvalidOptionsError({
      where: 'mlp',
      got: `units: ${describeValue(units)}`,
      expected: 'a list of positive whole numbers',
      remedy: 'Write mlp([64, 64]).',
    });
  }
  if (!Object.hasOwn(activations, activation)) {
    throw new InvalidOptionsError({
      where: 'mlp',
      got: `activation: ${describeValue(activation)}`,
      expected: `one of: ${Object.keys(activations)
        .map((name) => `"${name}"`)
        .join(', ')}`,
      remedy: 'Change the activation.',
    });
  }
  const layers = units.flatMap((size) => [dense(size, { weightInit: orthogonal(Math.SQRT2) }), activations[activation]()]);
  return { name: `mlp([${units.join(', ')}])`, inputRank: 1, layers };
}
