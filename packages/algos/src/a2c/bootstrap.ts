import type { TrainableNetwork } from '@pg/nn';
import type { Rollout } from '../rollouts/rollout.js';

/** The values of a rollout's states and of their true successors. */
export interface RolloutValues {
  /** `[T, N]`: V(s_t), in the network's memory. */
  readonly values: Float32Array;
  /** `[T, N]`: V of the true successor: of the final observation where the time limit cut, of s_{t+1} elsewhere. */
  readonly nextValues: Float32Array;
  /** Values the final observations of step t; while they are there, directly after the step. */
  valueFinalObs(t: number): void;
  /** Fills `nextValues` once the rollout is complete. */
  complete(): void;
}

/**
 * Bootstrapping for a rollout whose network has (T + 2)·N rows: the last N are for final observations. At termination the
 * value does not matter: it is multiplied by zero.
 */
export function rolloutValues(network: TrainableNetwork, valueHead: string, rollout: Rollout): RolloutValues {
  const { length, numEnvs, truncated, steps } = rollout;
  const size = length * numEnvs;
  const spareRow = (length + 1) * numEnvs;
  const outputs = network.output(valueHead);
  const obsSize = rollout.firstObs.length / numEnvs;
  const spareObs = network.input.subarray(spareRow * obsSize, (spareRow + numEnvs) * obsSize);
  const finalValues = new Float32Array(size);
  const nextValues = new Float32Array(size);
  return {
    values: outputs.subarray(0, size),
    nextValues,
    valueFinalObs(t) {
      spareObs.set(steps[t]!.finalObs);
      network.forward(spareRow, numEnvs);
      finalValues.set(outputs.subarray(spareRow, spareRow + numEnvs), t * numEnvs);
    },
    complete() {
      network.forward(size, numEnvs);
      for (let i = 0; i < size; i++) nextValues[i] = truncated[i] ? finalValues[i]! : outputs[i + numEnvs]!;
    },
  };
}
