import { fromBias, fromResult, fromZero, type Kernels, type Pointer } from '../kernels.js';
import type { Operation } from './operation.js';
import { enterStep, leaveStep, type RecurrentState, type SequenceMemory } from './recurrent-state.js';
import { gradientAt, type Signal, valuesAt } from './signal.js';

/** Where the numbers of a recurrent layer lie. Gradients and transposed weights are 0 when it does not learn. */
export interface RecurrentMemory extends SequenceMemory {
  /** Gates times units: columns of the weights. */
  readonly gateSize: number;
  /** [inputs, gateSize]. */
  readonly inputWeight: Pointer;
  /** [units, gateSize]. */
  readonly recurrentWeight: Pointer;
  /** [gateSize]. */
  readonly inputBias: Pointer;
  /** [gateSize]. */
  readonly recurrentBias: Pointer;
  readonly inputWeightGradient: Pointer;
  readonly recurrentWeightGradient: Pointer;
  readonly inputBiasGradient: Pointer;
  readonly recurrentBiasGradient: Pointer;
  /** Scratch for the transposed weight; 0 when the input wants no gradient. */
  readonly inputTransposed: Pointer;
  readonly recurrentTransposed: Pointer;
  /** [rows, gateSize]: x·W + b at first, then the gates' values. */
  readonly gates: Pointer;
  /** [rows, gateSize]: h·U + d; the same as `gates` when both parts are only added. */
  readonly recurrentGates: Pointer;
  /** [block, gateSize]: ∂L/∂(x·W + b). */
  readonly gateGradients: Pointer;
  /** [block, gateSize]: ∂L/∂(h·U + d); the same as `gateGradients` when both parts are only added. */
  readonly recurrentGateGradients: Pointer;
}

/** What tells one recurrent layer from another: its gates, for one time step of N rows. */
export interface RecurrentCell {
  /** The parts of the state; the first is h, which is the output. */
  readonly states: readonly RecurrentState[];
  /** The state after the rows from `row` on, from the gates' input parts and the state before. */
  forward(row: number): void;
  /**
   * The gates' gradients of the rows from `row` on, row `at` of the block, from dy, the gradient of the output, and the states'
   * gradients, which become those before the step.
   */
  backward(row: number, at: number, dy: Pointer): void;
}

/**
 * A layer over time-major rows [T, N]: products with the input are made for all steps at once, those with the state step by
 * step. The backward pass takes blocks of whole steps, the last block first, and goes back in time in each (backpropagation
 * through time, Werbos 1990); the sums over rows of the parameters' gradients are made for a block at once.
 */
export function recurrentOperation(kernels: Kernels, memory: RecurrentMemory, cell: RecurrentCell, input: Signal, output: Signal): Operation {
  const { numEnvs, gateSize, inputWeight, inputBias, inputTransposed, gates, gateGradients, recurrentGateGradients } = memory;
  const { states } = cell;
  const units = output.size;
  return {
    input,
    output,
    states,
    accumulate: false,
    forward(first, count, previous) {
      kernels.product(valuesAt(input, first), inputWeight, inputBias, gates + first * gateSize * 4, count, input.size, gateSize, fromBias);
      for (let row = first; row < first + count; row += numEnvs) {
        for (let i = 0; i < states.length; i++) enterStep(kernels, memory, states[i]!, row, row === first ? previous : row - numEnvs);
        cell.forward(row);
      }
    },
    prepareBackward() {
      if (inputTransposed) kernels.transpose(inputWeight, inputTransposed, input.size, gateSize);
      kernels.transpose(memory.recurrentWeight, memory.recurrentTransposed, units, gateSize);
      for (let i = 0; i < states.length; i++) kernels.clear(states[i]!.gradient, numEnvs * units);
    },
    backward(first, count) {
      const dy = gradientAt(output, first);
      for (let at = count - numEnvs; at >= 0; at -= numEnvs) {
        cell.backward(first + at, at, dy + at * units * 4);
        for (let i = 0; i < states.length; i++) leaveStep(kernels, memory, states[i]!, first + at);
      }
      const hBefore = states[0]!.before + first * units * 4;
      kernels.weightGradient(valuesAt(input, first), gateGradients, memory.inputWeightGradient, count, input.size, gateSize);
      kernels.weightGradient(hBefore, recurrentGateGradients, memory.recurrentWeightGradient, count, units, gateSize);
      kernels.biasGradient(gateGradients, memory.inputBiasGradient, count, gateSize);
      kernels.biasGradient(recurrentGateGradients, memory.recurrentBiasGradient, count, gateSize);
      if (!inputTransposed) return;
      kernels.product(gateGradients, inputTransposed, 0, gradientAt(input, first), count, gateSize, input.size, this.accumulate ? fromResult : fromZero);
    },
  };
}
