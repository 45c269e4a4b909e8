import type { ActivationName } from '../../../network/layer.js';
import { activationCodes, type Kernels } from '../kernels.js';
import type { Operation } from './operation.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';

/** y = f(x) for each element, in place when the signals are the same. */
export function activationOperation(kernels: Kernels, activation: ActivationName, input: Signal, output: Signal): Operation {
  const code = activationCodes[activation];
  return {
    input,
    output,
    accumulate: false,
    forward(first, count) {
      kernels.activationForward(valuesAt(input, first), valuesAt(output, first), count * input.size, code);
    },
    prepareBackward() {},
    backward(first, count) {
      if (!input.gradient) return;
      const add = this.accumulate ? 1 : 0;
      kernels.activationBackward(valuesAt(output, first), gradientAt(output, first), gradientAt(input, first), count * input.size, code, add);
    },
  };
}
