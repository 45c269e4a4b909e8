import type { TrainableNetwork } from '@pg/nn';
import type { BatchState, Coefficients } from './batch.js';

/** The places for the derivatives of a loss, for the first rows of a network. */
export function coefficientsOf(network: TrainableNetwork, valueHead: string | undefined, rows: number): Coefficients {
  return {
    logProb: network.logProbGradients.subarray(0, rows),
    entropy: network.entropyGradients.subarray(0, rows),
    value: valueHead === undefined ? new Float32Array() : network.outputGradient(valueHead).subarray(0, rows),
  };
}

/** Sets all derivatives to zero. */
export function clearCoefficients({ logProb, entropy, value }: Coefficients): void {
  logProb.fill(0);
  entropy.fill(0);
  value.fill(0);
}

/** The runner's side of the first rows of a network. */
export function batchState(network: TrainableNetwork, rows: number, isStale: () => boolean): BatchState {
  return { descended: false, isStale, backward: () => network.backward(rows) };
}
