import { fromBias, fromZero, type Kernels } from '../kernels.js';
import type { ByteRows } from './byte-rows.js';
import type { LayerMemory } from './dense-operation.js';
import type { Operation } from './operation.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';

/** y = x·W + b for the network's own inputs, where they are bytes; has the bits of the dense operation on the same numbers. */
export function byteDenseOperation(kernels: Kernels, memory: LayerMemory, bytes: ByteRows, input: Signal, output: Signal): Operation {
  const { weight, bias, weightGradient, biasGradient } = memory;
  return {
    input,
    output,
    accumulate: false,
    forward(first, count) {
      for (let row = first; row < first + count; row += bytes.most) {
        const rows = Math.min(bytes.most, first + count - row);
        const x = bytes.load(row, rows);
        kernels.product(x, weight, bias, valuesAt(output, row), rows, input.size, output.size, bias ? fromBias : fromZero);
      }
    },
    prepareBackward() {},
    backward(first, count) {
      const dy = gradientAt(output, first);
      for (let i = 0; i < count; i += bytes.most) {
        const rows = Math.min(bytes.most, count - i);
        kernels.weightGradient(bytes.load(first + i, rows), dy + i * output.size * 4, weightGradient, rows, input.size, output.size);
      }
      if (bias) kernels.biasGradient(dy, biasGradient, count, output.size);
    },
  };
}
