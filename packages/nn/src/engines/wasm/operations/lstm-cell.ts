import { fromResult, fromZero, type Kernels } from '../kernels.js';
import type { RecurrentCell, RecurrentMemory } from './recurrent-operation.js';
import type { RecurrentState } from './recurrent-state.js';

/** The states of an LSTM, in this order. */
export type LstmStates = readonly [h: RecurrentState, c: RecurrentState];

/** Long short-term memory; the equations stand at its kernels. h·U is added to the gates, whose buffer holds x·W + b. */
export function lstmCell(kernels: Kernels, memory: RecurrentMemory, states: LstmStates): RecurrentCell {
  const { numEnvs, gateSize, recurrentWeight, recurrentBias, recurrentTransposed, gates, gateGradients } = memory;
  const [h, c] = states;
  const units = h.size;
  return {
    states,
    forward(row) {
      const atGates = gates + row * gateSize * 4;
      const atState = row * units * 4;
      kernels.product(h.before + atState, recurrentWeight, 0, atGates, numEnvs, units, gateSize, fromResult);
      kernels.lstmForward(atGates, recurrentBias, c.before + atState, c.after + atState, h.after + atState, numEnvs, units);
    },
    backward(row, at, dy) {
      const dGates = gateGradients + at * gateSize * 4;
      const atState = row * units * 4;
      kernels.lstmBackward(gates + row * gateSize * 4, c.before + atState, c.after + atState, dy, h.gradient, c.gradient, dGates, numEnvs, units);
      kernels.product(dGates, recurrentTransposed, 0, h.gradient, numEnvs, gateSize, units, fromZero);
    },
  };
}
