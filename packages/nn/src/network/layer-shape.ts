import { InvalidShapeError, requireArgument, type Shape, shapeSize } from '@pg/core';
import type { Conv2dLayer } from './conv2d.js';
import type { Layer } from './layer.js';
import type { ModelLayer } from './model-layer.js';
import { isRecurrent } from './recurrent-layer.js';

/**
 * The shape of what a layer makes of inputs of a shape. Dense and recurrent layers see any shape flat.
 *
 * @throws InvalidShapeError when a convolution's input is no image, or smaller than its kernel, or a model takes inputs of another shape
 */
export function layerOutputShape(layer: Layer, input: Shape): Shape {
  requireArgument(typeof layer?.kind === 'string', 'layerOutputShape', { name: 'layer', value: layer, expected: 'a layer, such as dense(64)' });
  const isShape = Array.isArray(input) && input.every(Number.isInteger);
  requireArgument(isShape, 'layerOutputShape', { name: 'input', value: input, expected: 'a list of sizes' });
  if (layer.kind === 'dense' || isRecurrent(layer)) return [layer.units];
  if (layer.kind === 'flatten') return [shapeSize(input)];
  if (layer.kind === 'model') return modelledShape(layer, input);
  return layer.kind === 'conv2d' ? convolvedShape(layer, input) : input;
}

function modelledShape({ name, inputShape, outputShape }: ModelLayer, input: Shape): Shape {
  if (input.join() === inputShape.join()) return outputShape;
  throw new InvalidShapeError({
    where: name,
    got: `inputs of shape [${input.join(', ')}]`,
    expected: `[${inputShape.join(', ')}], which is what the model takes`,
    remedy: 'Build the model with the inputShape of the observations.',
  });
}

function convolvedShape({ kernel, stride, padding, filters }: Conv2dLayer, input: Shape): Shape {
  const [height = 0, width = 0] = input;
  if (input.length !== 3 || Math.min(height, width) + 2 * padding < kernel) {
    throw new InvalidShapeError({
      where: 'conv2d',
      got: `inputs of shape [${input.join(', ')}]`,
      expected: `images [height, width, channels] of at least ${kernel}×${kernel} pixels, padding included`,
      remedy: 'Use a smaller kernel, fewer convolutions or larger images.',
    });
  }
  const places = (length: number) => Math.floor((length + 2 * padding - kernel) / stride) + 1;
  return [places(height), places(width), filters];
}
