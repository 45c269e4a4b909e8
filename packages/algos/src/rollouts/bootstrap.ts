import { type TrainableNetwork, writableInput } from '@pg/nn';
import type { Rollout } from './rollout.js';

/** The values of a rollout's states and of their true successors. */
export interface RolloutValues {
  /** `[T, N]`: V(s_t), in the network's memory. */
  readonly values: Float32Array;
  /** `[T, N]`: V of the true successor: of the final observation where the time limit cut, of s_{t+1} elsewhere. */
  readonly nextValues: Float32Array;
  /** Values the final observations of the episodes that were cut at step t; while they are there, directly after the step. */
  valueFinalObs(t: number): void;
  /** Fills `nextValues` once the rollout is complete, of `steps` steps; T by default. */
  complete(steps?: number): void;
}

/**
 * Bootstrapping for a rollout whose network has (T + 2)·N rows: the last N are for final observations. At termination the
 * value does not matter: it is multiplied by zero. A recurrent network looks at the final observations of a whole step, from what it
 * remembered after step t; others look at those of the episodes that were cut only.
 */
export function rolloutValues(network: TrainableNetwork, valueHead: string, rollout: Rollout): RolloutValues {
  const { length, numEnvs, truncated } = rollout;
  const size = length * numEnvs;
  const spareRow = (length + 1) * numEnvs;
  const input = writableInput(network);
  const outputs = network.output(valueHead);
  const obsSize = input.length / network.rows;
  const finalValues = new Float32Array(size);
  const nextValues = new Float32Array(size);
  const recurrent = network.episodeStarts.length > 0;
  return {
    values: outputs.subarray(0, size),
    nextValues,
    valueFinalObs(t) {
      const { finalObs } = rollout.at(t).result;
      let count = 0;
      for (let n = 0; n < numEnvs; n++) {
        if (!recurrent && !truncated[t * numEnvs + n]) continue;
        const to = (spareRow + count) * obsSize;
        for (let i = 0; i < obsSize; i++) input[to + i] = finalObs[n * obsSize + i]!;
        count += 1;
      }
      network.forward(spareRow, count, t * numEnvs);
      for (let n = numEnvs - 1; n >= 0; n--) {
        if (!recurrent && !truncated[t * numEnvs + n]) continue;
        finalValues[t * numEnvs + n] = outputs[spareRow + --count]!;
      }
    },
    complete(steps = length) {
      const rows = steps * numEnvs;
      network.forward(rows, numEnvs);
      for (let i = 0; i < rows; i++) nextValues[i] = truncated[i] ? finalValues[i]! : outputs[i + numEnvs]!;
    },
  };
}
