import type { DtypeArray, Elements, Space, SparseRows } from '@pg/core';
import type { EndedEpisodes } from '../env/ended-episode.js';
import type { EnvSnapshot } from '../env/snapshot.js';
import type { Normalization } from '../normalization/normalization.js';

/** Where a vectorised step writes, an entry for each of the N environments. */
export interface VectorStep<TArray extends DtypeArray = Float32Array> {
  /** `[N, observation size]`: what to act on next; where an episode ended, the first observation of the next one. */
  readonly obs: TArray;
  /** `[N]`: the rewards of the step. */
  readonly rewards: Float32Array;
  /** `[N]`: 1 where the episode ended by the rules. */
  readonly terminated: Uint8Array;
  /** `[N]`: 1 where the time limit cut the episode. */
  readonly truncated: Uint8Array;
  /** `[N, observation size]`: where an episode ended, its last observation; elsewhere left as it was. */
  readonly finalObs: TArray;
  /**
   * `[N]`: where observations may be written as lists of their non-zeros, with `given` 1, in place of `obs`. `given` is 0 at the call;
   * environments that know of no lists leave it so.
   */
  readonly sparseObs?: SparseRows | undefined;
}

/**
 * N copies of an environment, stepped together and reset in the same step in which an episode ends. Copy i draws from a
 * random stream of its own, so what happens in it does not depend on the others.
 */
export interface VectorEnv<TObs extends Space = Space, TAct extends Space = Space> {
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
   * `[N, n]`: which of the n actions each copy allows next, 1 or 0, where the environment says so. The array stays the same; every
   * `reset`, `step` and `restore` writes it, after an episode's end for the next one.
   */
  readonly actionMasks: Uint8Array | undefined;
  /** The last episode that ended in each copy, where `episodeStatistics()` is piped. */
  readonly lastEpisodes: EndedEpisodes | undefined;
  /** What normalises observations and rewards, where such is piped. */
  readonly normalization: Normalization | undefined;
  /** Starts an episode in every copy. Returns the first observations [N, observation size], which the next call overwrites. */
  reset(): Elements<TObs>;
  /**
   * Starts an episode in every copy.
   *
   * @param obs - [N, observation size], where to write the first observations; a Float32Array takes observations of bytes as well
   * @returns `obs`
   * @throws InvalidShapeError when `obs` has another length or holds bytes only
   */
  reset<TArray extends Elements<TObs> | Float32Array>(obs: TArray): TArray;
  /** Acts once in every copy, with buffers of its own that the next call overwrites; throws as the other form does. */
  step(actions: Int32Array | Float32Array): VectorStep<Elements<TObs>>;
  /**
   * Acts once in every copy.
   *
   * @param actions - [N] choices, or [N, action size] numbers
   * @param out - where to write
   * @returns `out`
   * @throws ResetRequiredError before the first `reset`
   * @throws InvalidActionError when an action is outside its space, or not allowed now; nothing has been stepped then
   * @throws InvalidShapeError when an array has another length or cannot hold the numbers; nothing has been stepped then
   * @throws NonFiniteError when a copy gives a NaN or infinite reward or observation; other copies may have been stepped
   */
  step<TArray extends Elements<TObs> | Float32Array>(actions: Int32Array | Float32Array, out: VectorStep<TArray>): VectorStep<TArray>;
  /** Everything that is needed to go on from here, exactly, in this process or another. */
  snapshot(): EnvSnapshot;
  /**
   * Becomes what a snapshot was taken from. The arrays that earlier calls returned stay as they are.
   *
   * @throws InvalidOptionsError when it is of another environment or number of copies
   */
  restore(snapshot: EnvSnapshot): void;
  /** Gives back what is not plain memory. */
  close(): void;
}
