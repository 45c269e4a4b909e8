import type { Rng } from '@pg/core';
import type { TrainableNetwork } from '@pg/nn';

/**
 * An update's data, kept aside while its rows go through the network again and again in random order: minibatches take the
 * network's first rows, where the rollout was.
 */
export class Minibatches {
  /** log π(a|s) of the chosen rows when they were collected, [size]. */
  readonly logProbs: Float32Array;
  /** Indices into the update's rows, of the chosen ones; [size]. */
  readonly rows: Int32Array;
  readonly #network: TrainableNetwork;
  readonly #size: number;
  readonly #order: Int32Array;
  readonly #oldLogProbs: Float32Array;
  /** Pairs of the network's array and what is kept of it. */
  readonly #kept: readonly { readonly live: Elements; readonly kept: Elements; readonly width: number }[];

  /** For `total` rows in minibatches of at most `size`. */
  constructor(network: TrainableNetwork, total: number, size: number) {
    const { input, distribution } = network;
    this.#network = network;
    this.#size = Math.min(size, total);
    this.#order = new Int32Array(total);
    this.#oldLogProbs = new Float32Array(total);
    this.logProbs = new Float32Array(this.#size);
    this.rows = new Int32Array(this.#size);
    this.#kept = [input, distribution.actions, distribution.latents, distribution.masks].map((live) => {
      const width = live.length / network.rows;
      return { live, kept: live.slice(0, total * width), width };
    });
  }

  /** How many minibatches go over the data once; the last one may be smaller. */
  get count(): number {
    return Math.ceil(this.#order.length / this.#size);
  }

  /** Keeps what the network's rows hold now. */
  keep(): void {
    for (const { live, kept } of this.#kept) kept.set(live.subarray(0, kept.length));
    this.#oldLogProbs.set(this.#network.distribution.logProbs.subarray(0, this.#oldLogProbs.length));
    for (let i = 0; i < this.#order.length; i++) this.#order[i] = i;
  }

  /** Chooses a new order for the next time over the data. */
  shuffle(rng: Rng): void {
    rng.shuffle(this.#order);
  }

  /** Makes minibatch k the chosen one: fills `rows` and `logProbs`, and returns how many rows it has. */
  choose(k: number): number {
    const from = k * this.#size;
    const count = Math.min(this.#size, this.#order.length - from);
    for (let i = 0; i < count; i++) {
      const row = this.#order[from + i]!;
      this.rows[i] = row;
      this.logProbs[i] = this.#oldLogProbs[row]!;
    }
    return count;
  }

  /** Puts the chosen rows, so many, into the network's first rows. */
  load(count: number): void {
    for (const { live, kept, width } of this.#kept) {
      for (let i = 0; i < count; i++) {
        const row = this.rows[i]! * width;
        for (let j = 0; j < width; j++) live[i * width + j] = kept[row + j]!;
      }
    }
  }
}

type Elements = Float32Array | Int32Array | Uint8Array;
