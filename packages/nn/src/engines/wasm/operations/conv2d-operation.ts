import type { Shape } from '@pg/core';
import type { Conv2dLayer } from '../../../network/conv2d.js';
import type { ActivationName } from '../../../network/layer.js';
import { activationCodes, type Kernels, type Pointer } from '../kernels.js';
import type { ByteRows } from './byte-rows.js';
import type { LayerMemory } from './dense-operation.js';
import type { Operation } from './operation.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';

/** Where a convolution's numbers lie, with scratch for one image. */
interface Conv2dMemory extends LayerMemory {
  /** What the kernels pack, {@link convolutionPanel} numbers. */
  readonly panel: Pointer;
  /** [filters]: what is computed beyond the last input. */
  readonly spare: Pointer;
  /** The image with its border, which stays zero; 0 without padding. */
  readonly padded: Pointer;
  /** Its gradient with the border's; 0 without padding, and when the input wants no gradient. */
  readonly paddedGradient: Pointer;
  /** The network's inputs where they are bytes: an image at a time, each pixel converted once and not once a patch. */
  readonly bytes?: ByteRows | undefined;
}

/** The shapes of the images that go in and come out. */
interface Conv2dShapes {
  readonly input: Shape;
  readonly output: Shape;
}

/** Places that the weight's gradient takes at a time, as in `assembly/convolution.ts`. */
const PLACES = 128;

/** Numbers that the kernels pack of a convolution: four patches, four places' gradients, or four numbers of some places. */
export function convolutionPanel(layer: Conv2dLayer, channels: number): number {
  return 4 * Math.max(layer.kernel * layer.kernel * channels, layer.filters, PLACES);
}

/** Numbers of an image with its border; the kernels read up to three more. */
export function paddedSize([height, width, channels]: Shape, padding: number): number {
  return (height! + 2 * padding) * (width! + 2 * padding) * channels! + 3;
}

/** What a convolution is made with; an activation behind it is computed with it, while its numbers are in the cache. */
interface Conv2dParts {
  readonly layer: Conv2dLayer;
  readonly activation: ActivationName | undefined;
  readonly memory: Conv2dMemory;
  readonly shapes: Conv2dShapes;
}

/** Convolution with its activation, image by image. */
export function conv2dOperation(kernels: Kernels, { layer, activation, memory, shapes }: Conv2dParts, input: Signal, output: Signal): Operation {
  const { weight, bias, weightGradient, biasGradient, transposed, panel, spare, padded, paddedGradient, bytes } = memory;
  const [height, width, channels] = shapes.input as [number, number, number];
  const [outHeight, outWidth, filters] = shapes.output as [number, number, number];
  const { kernel, stride, padding } = layer;
  const wide = width + 2 * padding;
  const middle = (padding * wide + padding) * channels * 4;
  const code = activation === undefined ? -1 : activationCodes[activation];
  const imageAt = (row: number): Pointer => {
    const image = bytes?.load(row, 1) ?? valuesAt(input, row);
    if (!padded) return image;
    kernels.padImage(image, padded + middle, height, width * channels, wide * channels);
    return padded;
  };
  const addInputGradient = (dy: Pointer, to: Pointer) => {
    if (paddedGradient) kernels.clear(paddedGradient, paddedSize(shapes.input, padding));
    const image = paddedGradient || to;
    kernels.convolutionInputGradient(image, dy, transposed, panel, wide, channels, kernel, stride, outHeight, outWidth, filters);
    if (paddedGradient) kernels.addCropped(paddedGradient + middle, to, height, width * channels, wide * channels);
  };
  return {
    input,
    output,
    accumulate: false,
    forward(first, count) {
      for (let row = first; row < first + count; row++) {
        const y = valuesAt(output, row);
        kernels.convolutionForward(imageAt(row), weight, bias, y, panel, wide, channels, kernel, stride, outHeight, outWidth, filters, code);
      }
    },
    prepareBackward() {
      if (transposed) kernels.transpose(weight, transposed, kernel * kernel * channels, filters);
    },
    backward(first, count) {
      if (transposed && !this.accumulate) kernels.clear(gradientAt(input, first), count * input.size);
      for (let i = 0; i < count; i++) {
        const dy = gradientAt(output, first) + i * output.size * 4;
        if (code >= 0) kernels.activationBackward(valuesAt(output, first + i), dy, dy, output.size, code, 0);
        kernels.convolutionWeightGradient(imageAt(first + i), dy, weightGradient, spare, panel, wide, channels, kernel, stride, outHeight, outWidth, filters);
        if (bias) kernels.biasGradient(dy, biasGradient, outHeight * outWidth, filters);
        if (transposed) addInputGradient(dy, gradientAt(input, first) + i * input.size * 4);
      }
    },
  };
}
