import { type Box, type Dtype, describeValue, InvalidOptionsError, parseOptions } from '@pg/core';
import { type ActivationName, type DenseOptions, dense } from '@pg/nn';
import * as z from 'zod/mini';
import { activations, hiddenShape } from './hidden-layers.js';
import type { NetworkSpec } from './network-spec.js';

const optionsSchema = z.strictObject(hiddenShape);

/**
 * Fully connected hidden layers for observations that are vectors, each followed by an activation. Orthogonal weights with
 * gain √2, biases zero.
 *
 * @param units - the size of each hidden layer
 * @param activation - `tanh` (default), `relu`, `elu` or `sigmoid`
 * @param options - `bias: false` leaves biases out, `weightInit` are other starting values of the weights: `scaledNormal()`
 * @throws InvalidOptionsError when a size is not a positive whole number, the activation is unknown or an option is
 */
export function mlp(
  units: readonly number[],
  activation: ActivationName = 'tanh',
  options: Pick<DenseOptions, 'bias' | 'weightInit'> = {},
): NetworkSpec<Box<readonly [number], Dtype>> {
  if (!Array.isArray(units) || !units.every((size) => Number.isSafeInteger(size) && size > 0)) {
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
  const { bias, weightInit } = parseOptions('mlp', optionsSchema, options);
  const layers = units.flatMap((size) => [dense(size, { bias, weightInit }), activations[activation]()]);
  return { name: `mlp([${units.join(', ')}])`, inputRank: 1, layers };
}
