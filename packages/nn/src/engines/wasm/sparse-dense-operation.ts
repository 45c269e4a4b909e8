import type { LayerMemory } from './dense-operation.js';
import { fromBias, fromZero, type Kernels, type Pointer } from './kernels.js';
import type { Operation } from './operation.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';

/** Where the gathered non-zeros of the rows lie. */
export interface SparseMemory extends LayerMemory {
  /** [rows, capacity, 2]: index and value. */
  readonly entries: Pointer;
  /** [rows]: how many entries a row has; −1 for a row that is not sparse. */
  readonly counts: Pointer;
  /** The most non-zeros of a sparse row. */
  readonly capacity: number;
  /** `[inputs]`, bytes: where to mark the rows of the weight's gradient that are written to; 0 for nowhere. */
  readonly marks: Pointer;
}

/** Below this many inputs a row is not worth looking at. */
const FEWEST_INPUTS = 64;

/** The most non-zeros of a row that counts as sparse; 0 where the layer has too few inputs for it to pay. */
export function sparseCapacity(inputs: number): number {
  return inputs < FEWEST_INPUTS ? 0 : Math.floor(inputs / 8);
}

/**
 * y = x·W + b for the network's own inputs. Each row is looked at when it comes: one that is mostly zeros, such as a difference of
 * two frames, costs only its non-zeros, forward and backward. The results have the bits of the dense operation.
 */
export function sparseDenseOperation(kernels: Kernels, memory: SparseMemory, input: Signal, output: Signal): Operation {
  const { weight, bias, weightGradient, biasGradient, entries, counts, capacity, marks } = memory;
  const entriesAt = (row: number) => entries + row * capacity * 8;
  return {
    input,
    output,
    accumulate: false,
    forward(first, count) {
      const x = valuesAt(input, first);
      const from = bias ? fromBias : fromZero;
      kernels.gatherNonZeros(x, entriesAt(first), counts + first * 4, count, input.size, capacity);
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
