import type { Space } from '@pg/core';

/** Where a vectorised step writes, an entry for each of the N environments. */
export interface VectorStep {
  /** `[N, observation size]`: what to act on next; where an episode ended, the first observation of the next one. */
  readonly obs: Float32Array;
  /** `[N]`: the rewards of the step. */
  readonly rewards: Float32Array;
  /** `[N]`: 1 where the episode ended by the rules. */
  readonly terminated: Uint8Array;
  /** `[N]`: 1 where the time limit cut the episode. */
  readonly truncated: Uint8Array;
  /** `[N, observation size]`: where an episode ended, its last observation; elsewhere left as it was. */
  readonly finalObs: Float32Array;
}

/**
 * N copies of an environment, stepped together and reset in the same step in which an episode ends. Copy i draws from a
 * random stream of its own, so what happens in it does not depend on the others.
 */
export interface VectorEnv<TObs extends Space, TAct extends Space> {
  /** The name of the environment. */
  readonly id: string;
  /** Where one copy's observations lie. */
  readonly observationSpace: TObs;
  /** Where one copy's actions have to lie. */
  readonly actionSpace: TAct;
  /** N. */
  readonly numEnvs: number;
  /** Numbers of one observation. */
  readonly obsSize: number;
  /** Numbers of one action. */
  readonly actionSize: number;
  /**
   * Starts an episode in every copy.
   *
   * @param obs - [N, observation size], where to write the first observations; a buffer of the environment by default,
   *   which the next call overwrites
   * @returns `obs`
   * @throws InvalidShapeError when `obs` has another length
   */
  reset(obs?: Float32Array): Float32Array;
  /**
   * Acts once in every copy.
   *
   * @param actions - [N] choices, or [N, action size] numbers
   * @param out - where to write; buffers of the environment by default, which the next call overwrites
   * @returns `out`
   * @throws ResetRequiredError before the first `reset`
   * @throws InvalidActionError when an action is outside its space; nothing has been stepped then
   * @throws InvalidShapeError when an array has another length; nothing has been stepped then
   * @throws NonFiniteError when a copy gives a NaN or infinite reward or observation; other copies may have been stepped
   */
  step(actions: Int32Array | Float32Array, out?: VectorStep): VectorStep;
}
