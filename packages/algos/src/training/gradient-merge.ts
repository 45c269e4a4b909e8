import type { TrainableNetwork } from '@pg/nn';
import type { Reduction } from '../losses/policy-gradient-loss.js';

/** Averages or sums gradients of several backward passes, in float64 and in the order of the passes; of a single one it leaves them as they are. */
export class GradientMerge {
  readonly #network: TrainableNetwork;
  readonly #divisor: number;
  readonly #sums: readonly Float64Array[];

  /** @param count - how many backward passes are merged */
  constructor(network: TrainableNetwork, count: number, reduction: Reduction) {
    this.#network = network;
    this.#divisor = reduction === 'sum' ? 1 : count;
    this.#sums = count === 1 ? [] : network.gradients.map(({ values }) => new Float64Array(values.length));
  }

  /** Forgets what was taken in: an update begins. */
  begin(): void {
    for (const sum of this.#sums) sum.fill(0);
  }

  /** Takes in the gradients of a backward pass. */
  add(): void {
    this.#sums.forEach((sum, k) => {
      const { values } = this.#network.gradients[k]!;
      for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
    });
  }

  /** Makes the network's gradients the mean or the sum. */
  write(): void {
    this.#sums.forEach((sum, k) => {
      const { values } = this.#network.gradients[k]!;
      for (let i = 0; i < sum.length; i++) values[i] = sum[i]! / this.#divisor;
    });
  }
}
