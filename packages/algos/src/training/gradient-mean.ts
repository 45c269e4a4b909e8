import type { TrainableNetwork } from '@pg/nn';

/** Averages gradients of several backward passes, in float64 and in the order of the passes; of a single one it leaves them as they are. */
export class GradientMean {
  readonly #network: TrainableNetwork;
  readonly #count: number;
  readonly #sums: readonly Float64Array[];

  /** @param count - how many backward passes a mean is of */
  constructor(network: TrainableNetwork, count: number) {
    this.#network = network;
    this.#count = count;
    this.#sums = count === 1 ? [] : network.gradients.map(({ values }) => new Float64Array(values.length));
  }

  /** Takes in the gradients of a backward pass. */
  add(): void {
    this.#sums.forEach((sum, k) => {
      const { values } = this.#network.gradients[k]!;
      for (let i = 0; i < sum.length; i++) sum[i]! += values[i]!;
    });
  }

  /** Makes the network's gradients the mean, and begins anew. */
  write(): void {
    this.#sums.forEach((sum, k) => {
      const { values } = this.#network.gradients[k]!;
      for (let i = 0; i < sum.length; i++) values[i] = sum[i]! / this.#count;
      sum.fill(0);
    });
  }
}
