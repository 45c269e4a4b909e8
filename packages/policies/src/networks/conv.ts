import { type Box, type Dtype, describeValue, InvalidOptionsError, parseOptions } from '@pg/core';
import { type ActivationName, type Conv2dOptions, conv2d, dense } from '@pg/nn';
import * as z from 'zod/mini';
import { activations, hiddenShape } from './hidden-layers.js';
import type { NetworkSpec } from './network-spec.js';

/** What {@link conv} can be told beside its sizes. */
export interface ConvOptions extends Pick<Conv2dOptions, 'bias' | 'weightInit'> {
  /** What follows each layer: `relu` by default. */
  readonly activation?: ActivationName;
  /**
   * What observations are kept as; by default the dtype of their space. With `uint8` a rollout of pictures takes a quarter of the memory, and
   * the network reads byte/255: the observation space has to lie within 0 and 255, and its numbers should be whole, others are rounded. With
   * `float32` the network reads numbers as they are.
   */
  readonly input?: Dtype;
}

const optionsSchema = z.strictObject({
  ...hiddenShape,
  activation: z._default(z.enum(['tanh', 'relu', 'elu', 'sigmoid']), 'relu'),
  input: z.optional(z.enum(['float32', 'uint8'])),
});

/**
 * Convolutions for observations that are images [height, width, channels], then fully connected layers, each followed by relu or another
 * activation. Orthogonal weights with gain √2, biases zero.
 *
 * @param layers - the convolutions, first to last
 * @param units - the sizes of the fully connected layers behind them; none by default
 * @param options - `activation`, of all layers; `bias: false` leaves biases out, `weightInit` are other starting values of the weights;
 *   `input`: what observations are kept as
 * @throws InvalidOptionsError when a size is out of range, or an option is unknown or wrong
 * @example
 * ```ts
 * conv([{ filters: 32, kernel: 8, stride: 4 }, { filters: 64, kernel: 4, stride: 2 }, { filters: 64, kernel: 3 }], [512]);
 * ```
 */
export function conv(
  layers: readonly Pick<Conv2dOptions, 'filters' | 'kernel' | 'stride' | 'padding'>[],
  units: readonly number[] = [],
  options: ConvOptions = {},
): NetworkSpec<Box<readonly [number, number, number], Dtype>> {
  if (!Array.isArray(layers) || !Array.isArray(units)) {
    throw new InvalidOptionsError({
      where: 'conv',
      got: describeValue(Array.isArray(layers) ? units : layers),
      expected: 'a list of convolutions, and a list of layer sizes',
      remedy: 'Write conv([{ filters: 16, kernel: 8, stride: 4 }], [256]).',
    });
  }
  const { input = 'as-observed', activation, bias, weightInit } = parseOptions('conv', optionsSchema, options);
  const weighted = [...layers.map((layer) => conv2d({ bias, weightInit, ...layer })), ...units.map((size) => dense(size, { bias, weightInit }))];
  return { name: `conv(${layers.length} layers)`, inputRank: 3, input, layers: weighted.flatMap((layer) => [layer, activations[activation]()]) };
}
