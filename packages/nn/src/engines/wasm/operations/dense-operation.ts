import { fromBias, fromResult, fromZero, type Kernels, type Pointer } from '../kernels.js';
import type { Operation } from './operation.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';

/** Where the numbers of a layer with a weight lie. The gradients and the transposed weight are 0 when it does not learn. */
export interface LayerMemory {
  readonly weight: Pointer;
  /** 0 without a bias. */
  readonly bias: Pointer;
  readonly weightGradient: Pointer;
  readonly biasGradient: Pointer;
  /** Scratch for the transposed weight; 0 when the input wants no gradient. */
  readonly transposed: Pointer;
}

/** y = x·W + b. */
export function denseOperation(kernels: Kernels, memory: LayerMemory, input: Signal, output: Signal): Operation {
  const { weight, bias, weightGradient, biasGradient, transposed } = memory;
  return {
    input,
    output,
    accumulate: false,
    forward(first, count) {
      kernels.product(valuesAt(input, first), weight, bias, valuesAt(output, first), count, input.size, output.size, bias ? fromBias : fromZero);
    },
    prepareBackward() {
      if (transposed) kernels.transpose(weight, transposed, input.size, output.size);
    },
    backward(first, count) {
      const dy = gradientAt(output, first);
      kernels.weightGradient(valuesAt(input, first), dy, weightGradient, count, input.size, output.size);
      if (bias) kernels.biasGradient(dy, biasGradient, count, output.size);
      if (transposed) kernels.product(dy, transposed, 0, gradientAt(input, first), count, output.size, input.size, this.accumulate ? fromResult : fromZero);
    },
  };
}
