import type { NamedTensor, TrainableNetwork } from '@pg/nn';

/** A copy of what a network has learned, to go back to: its parameters and what its optimiser remembers. */
export class KeptLearning {
  readonly #network: TrainableNetwork;
  readonly #copies: readonly Float32Array[];
  #steps = 0;

  constructor(network: TrainableNetwork) {
    this.#network = network;
    this.#copies = this.#tensors().map(({ values }) => new Float32Array(values.length));
  }

  /** Remembers what there is now. */
  keep(): void {
    this.#tensors().forEach(({ values }, i) => {
      this.#copies[i]!.set(values);
    });
    this.#steps = this.#network.optimizerSteps;
  }

  /** Becomes what there was at {@link keep}. */
  undo(): void {
    this.#tensors().forEach(({ values }, i) => {
      values.set(this.#copies[i]!);
    });
    this.#network.optimizerSteps = this.#steps;
  }

  #tensors(): readonly NamedTensor[] {
    return [...this.#network.parameters, ...this.#network.optimizerState];
  }
}
