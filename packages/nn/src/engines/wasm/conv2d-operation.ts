import type { Shape } from '@pg/core';
import type { Conv2dLayer } from '../../network/conv2d.js';
import type { ByteRows } from './byte-rows.js';
import type { LayerMemory } from './dense-operation.js';
import { fromBias, fromZero, type Kernels, type Pointer } from './kernels.js';
import type { Operation } from './operation.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';

/** Where a convolution's numbers lie, with scratch for the patches of one image and for their gradients. */
export interface Conv2dMemory extends LayerMemory {
  /** [places, patch]. */
  readonly patches: Pointer;
  /** [places, patch]; 0 when the input wants no gradient. */
  readonly patchGradients: Pointer;
  /** The network's inputs where they are bytes: an image at a time, each pixel converted once and not once a patch. */
  readonly bytes?: ByteRows | undefined;
}

/** The shapes of the images that go in and come out. */
export interface Conv2dShapes {
  readonly input: Shape;
  readonly output: Shape;
}

/** Convolution as a product of patches with the weight, image by image: the patches of one stay in the cache. */
export function conv2dOperation(kernels: Kernels, layer: Conv2dLayer, memory: Conv2dMemory, shapes: Conv2dShapes, input: Signal, output: Signal): Operation {
  const { weight, bias, weightGradient, biasGradient, transposed, patches, patchGradients, bytes } = memory;
  const [height, width, channels] = shapes.input as [number, number, number];
  const [outHeight, outWidth, filters] = shapes.output as [number, number, number];
  const places = outHeight * outWidth;
  const patch = layer.kernel * layer.kernel * channels;
  const imageAt = (row: number) => bytes?.load(row, 1) ?? valuesAt(input, row);
  const toPatches = (image: Pointer) =>
    kernels.imageToPatches(image, patches, height, width, channels, layer.kernel, layer.stride, layer.padding, outHeight, outWidth);
  const addToImage = (image: Pointer) =>
    kernels.addPatchesToImage(patchGradients, image, height, width, channels, layer.kernel, layer.stride, layer.padding, outHeight, outWidth);
  return {
    input,
    output,
    accumulate: false,
    forward(first, count) {
      for (let row = first; row < first + count; row++) {
        toPatches(imageAt(row));
        kernels.product(patches, weight, bias, valuesAt(output, row), places, patch, filters, bias ? fromBias : fromZero);
      }
    },
    prepareBackward() {
      if (transposed) kernels.transpose(weight, transposed, patch, filters);
    },
    backward(first, count) {
      if (transposed && !this.accumulate) kernels.clear(gradientAt(input, first), count * input.size);
      for (let i = 0; i < count; i++) {
        const dy = gradientAt(output, first) + i * output.size * 4;
        toPatches(imageAt(first + i));
        kernels.weightGradient(patches, dy, weightGradient, places, patch, filters);
        if (bias) kernels.biasGradient(dy, biasGradient, places, filters);
        if (!transposed) continue;
        kernels.product(dy, transposed, 0, patchGradients, places, filters, patch, fromZero);
        addToImage(gradientAt(input, first) + i * input.size * 4);
      }
    },
  };
}
