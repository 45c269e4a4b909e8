/** How many numbers there are of each. */
const WORDS = 3;

/** The episodes that have finished in a rollout, in order: when and how; in memory that threads may share. */
export class FinishedEpisodes {
  /** Their count, then of each its step in the rollout, its return and its length. */
  readonly #values: Float64Array;

  /** @param values - zeros, as many as {@link FinishedEpisodes.words} says */
  constructor(values: Float64Array) {
    this.#values = values;
  }

  /** How many numbers it needs for so many episodes. */
  static words(capacity: number): number {
    return 1 + WORDS * capacity;
  }

  /** How many there are. */
  get count(): number {
    return this.#values[0]!;
  }

  /** Forgets all: a rollout begins. */
  clear(): void {
    this.#values[0] = 0;
  }

  /** Takes one in, that has finished with step t of the rollout. */
  push(t: number, episodeReturn: number, length: number): void {
    const at = 1 + WORDS * this.count;
    this.#values[at] = t;
    this.#values[at + 1] = episodeReturn;
    this.#values[at + 2] = length;
    this.#values[0]! += 1;
  }

  /** With which step of the rollout episode i has finished. */
  stepOf(i: number): number {
    return this.#values[1 + WORDS * i]!;
  }

  /** What episode i has returned. */
  returnOf(i: number): number {
    return this.#values[2 + WORDS * i]!;
  }

  /** How many steps episode i had. */
  lengthOf(i: number): number {
    return this.#values[3 + WORDS * i]!;
  }
}
