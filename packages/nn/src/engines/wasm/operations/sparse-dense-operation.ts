import { fromBias, fromZero, type Kernels, type Pointer } from '../kernels.js';
import type { LayerMemory } from './dense-operation.js';
import type { Operation } from './operation.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';
import type { SparseInput } from './sparse-input.js';

/** Where the numbers of a layer on sparse inputs lie. */
export interface SparseMemory extends LayerMemory {
  /** The inputs' non-zeros. */
  readonly sparse: SparseInput;
  /** `[inputs]`, bytes: where to mark the rows of the weight's gradient that are written to; 0 for nowhere. */
  readonly marks: Pointer;
}

/**
 * y = x·W + b for the network's own inputs. A row that is mostly zeros, such as a difference of
 * two frames, costs only its non-zeros, forward and backward. The results have the bits of the dense operation.
 */
export function sparseDenseOperation(kernels: Kernels, memory: SparseMemory, input: Signal, output: Signal): Operation {
  const { weight, bias, weightGradient, biasGradient, marks } = memory;
  const { entries, counts, capacity } = memory.sparse;
  const entriesAt = (row: number) => entries + row * capacity * 8;
  return {
    input,
    output,
    accumulate: false,
    forward(first, count) {
      const x = valuesAt(input, first);
      const from = bias ? fromBias : fromZero;
      kernels.sparseProduct(x, entriesAt(first), counts + first * 4, weight, bias, valuesAt(output, first), count, input.size, output.size, capacity, from);
    },
    prepareBackward() {},
    backward(first, count) {
      const dy = gradientAt(output, first);
      const [x, countsAt] = [valuesAt(input, first), counts + first * 4];
      kernels.sparseWeightGradient(x, entriesAt(first), countsAt, dy, weightGradient, count, input.size, output.size, capacity, marks);
      if (bias) kernels.biasGradient(dy, biasGradient, count, output.size);
    },
  };
}
