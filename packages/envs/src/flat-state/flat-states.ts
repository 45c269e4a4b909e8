import type { DtypeArray, Rng } from '@pg/core';

/**
 * An environment whose state is a few numbers: the states of N copies in one float64 array, each changed in place. One class for both
 * forms of the environment, which therefore have the same bits.
 */
export abstract class FlatStates {
  /** `[N, size]`. */
  readonly states: Float64Array;
  /** `[N]`: the rewards of the last step. */
  readonly rewards: Float64Array;
  /** How many numbers a state has. */
  readonly size: number;

  constructor(numEnvs: number, size: number) {
    this.states = new Float64Array(numEnvs * size);
    this.rewards = new Float64Array(numEnvs);
    this.size = size;
  }

  /** Gives one copy its first state. */
  abstract begin(index: number, rng: Rng): void;

  /** Steps one copy by its element of `actions` and writes its reward. Returns whether the episode has ended by the rules. Hot. */
  abstract step(index: number, actions: Int32Array | Float32Array): boolean;

  /** Writes one copy's observation from `offset` on. Hot. */
  abstract observe(index: number, out: DtypeArray, offset: number): void;
}
