import { fromBias, fromResult, type Kernels } from '../kernels.js';
import type { RecurrentCell, RecurrentMemory } from './recurrent-operation.js';
import type { RecurrentState } from './recurrent-state.js';

/** The state of a GRU. */
export type GruStates = readonly [h: RecurrentState];

/** Gated recurrent unit; the equations stand at its kernels. h·U + d is kept beside x·W + b: a gate stands between them. */
export function gruCell(kernels: Kernels, memory: RecurrentMemory, states: GruStates): RecurrentCell {
  const { numEnvs, gateSize, recurrentWeight, recurrentBias, recurrentTransposed, gates, recurrentGates, gateGradients, recurrentGateGradients } = memory;
  const [h] = states;
  const units = h.size;
  return {
    states,
    forward(row) {
      const atGates = row * gateSize * 4;
      const atState = row * units * 4;
      kernels.product(h.before + atState, recurrentWeight, recurrentBias, recurrentGates + atGates, numEnvs, units, gateSize, fromBias);
      kernels.gruForward(gates + atGates, recurrentGates + atGates, h.before + atState, h.after + atState, numEnvs, units);
    },
    backward(row, at, dy) {
      const atGates = row * gateSize * 4;
      const atBlock = at * gateSize * 4;
      const dRecurrent = recurrentGateGradients + atBlock;
      const hBefore = h.before + row * units * 4;
      kernels.gruBackward(gates + atGates, recurrentGates + atGates, hBefore, dy, h.gradient, gateGradients + atBlock, dRecurrent, numEnvs, units);
      kernels.product(dRecurrent, recurrentTransposed, 0, h.gradient, numEnvs, gateSize, units, fromResult);
    },
  };
}
