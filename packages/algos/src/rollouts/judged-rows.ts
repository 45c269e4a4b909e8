import type { TrainableNetwork } from '@pg/nn';
import type { BatchState, Coefficients } from './batch.js';

/** Where a loss writes its derivatives for the first rows of a network, set to zero. */
export function clearedCoefficients(network: TrainableNetwork, valueHead: string | undefined, rows: number): Coefficients {
  const logProb = network.logProbGradients.subarray(0, rows).fill(0);
  const entropy = network.entropyGradients.subarray(0, rows).fill(0);
  const value = valueHead === undefined ? new Float32Array() : network.outputGradient(valueHead).subarray(0, rows).fill(0);
  return { logProb, entropy, value };
}

/** The runner's side of the first rows of a network. */
export function batchState(network: TrainableNetwork, rows: number, isStale: () => boolean): BatchState {
  return { descended: false, isStale, backward: () => network.backward(rows) };
}
