/** How many of the last finished episodes are remembered. */
export const EPISODE_WINDOW = 100;

/** The episodes that have finished in a rollout: how many, and of the last of them when and how; in memory that threads may share. */
export class FinishedEpisodes {
  /** How many numbers one has. */
  static readonly length = 1 + 3 * EPISODE_WINDOW;
  /** The count, then for each of the last episodes its step in the rollout, its return and its length. */
  readonly #values: Float64Array;

  /** @param values - {@link FinishedEpisodes.length} numbers, zeros at first */
  constructor(values: Float64Array = new Float64Array(FinishedEpisodes.length)) {
    this.#values = values;
  }

  /** How many there were. */
  get count(): number {
    return this.#values[0]!;
  }

  /** The index of the first one that is still known. */
  get firstKnown(): number {
    return Math.max(0, this.count - EPISODE_WINDOW);
  }

  /** Forgets all: a rollout begins. */
  clear(): void {
    this.#values[0] = 0;
  }

  /** Takes one in, that has finished with step t of the rollout. */
  push(t: number, episodeReturn: number, length: number): void {
    const at = this.#at(this.count);
    this.#values[at] = t;
    this.#values[at + 1] = episodeReturn;
    this.#values[at + 2] = length;
    this.#values[0]! += 1;
  }

  /** With which step of the rollout episode i has finished. */
  stepOf(i: number): number {
    return this.#values[this.#at(i)]!;
  }

  /** What episode i has returned. */
  returnOf(i: number): number {
    return this.#values[this.#at(i) + 1]!;
  }

  /** How many steps episode i had. */
  lengthOf(i: number): number {
    return this.#values[this.#at(i) + 2]!;
  }

  #at(i: number): number {
    return 1 + 3 * (i % EPISODE_WINDOW);
  }
}
