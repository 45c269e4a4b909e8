import type { DtypeArray, Rng, Space, SparseRows } from '@pg/core';
import type { Picture } from '../rendering/picture.js';
import type { EndedEpisode } from './ended-episode.js';

/** One copy of an environment behind its time limit and whatever has been piped behind it so far; changes in place. */
export interface EnvCopy {
  /** The reward of the last step. */
  readonly reward: number;
  /** Whether the last step ended the episode by the rules. */
  readonly terminated: boolean;
  /** Whether the last step reached a time limit. */
  readonly truncated: boolean;
  /** The last episode that ended, where `episodeStatistics()` keeps it. */
  readonly endedEpisode?: EndedEpisode | undefined;
  /** Starts an episode. */
  begin(rng: Rng): void;
  /** Takes one step with an action inside the space. Hot: no allocation. */
  step(action: number | Float32Array, rng: Rng): void;
  /** Writes the observation from `offset` on; may be called never or twice after a step. Hot: no allocation. */
  observe(out: DtypeArray, offset: number): void;
  /**
   * Writes the observation as a list of its non-zeros into a row, and sets its `given`, if it can do that sooner than write it whole;
   * says whether it did. Hot: no allocation.
   */
  observeSparse?(out: SparseRows, row: number): boolean;
  /**
   * Writes which actions are allowed now: 1 or 0 for each choice, from `offset` on; where the environment says so. May be called never
   * or twice after a step. Hot: no allocation.
   */
  actionMask?(out: Uint8Array, offset: number): void;
  /** Everything that `restore` needs to go on from here, as plain data that later steps do not change. */
  snapshot(): unknown;
  /** Becomes what a snapshot of this or another copy was taken from. */
  restore(snapshot: unknown): void;
  /** A picture of the state. */
  render(): Picture;
  /** Gives back what is not plain memory. */
  close(): void;
}

/** What a piped function may know of the environment in front of it. */
export interface PipedEnv<TAct extends Space = Space> {
  /** The name so far. */
  readonly id: string;
  /** Where its actions lie. */
  readonly actionSpace: TAct;
  /** Its time limit in steps. */
  readonly maxSteps: number;
  /** Whether it says which actions are allowed. */
  readonly masksActions: boolean;
}

/** A change of more than observations: of rewards, actions or time. As a value, like a stage. */
export interface Wrapper<TObs extends Space = Space, TAct extends Space = Space> {
  /** What it is called, for ids and error messages. */
  readonly name: string;
  /** Where observations lie behind it. */
  readonly space: TObs;
  /** Where actions lie in front of it. */
  readonly actionSpace: TAct;
  /** The time limit in steps as counted behind it; that of the environment in front by default. */
  readonly maxSteps?: number;
  /** Whether its copies keep the last episode that ended, in `endedEpisode`; false by default. */
  readonly keepsEpisodes?: boolean;
  /**
   * Whether its copies say by `actionMask` which actions are allowed. As in front of it by default; to be said by a wrapper that
   * changes how many choices there are.
   */
  readonly masksActions?: boolean;
  /** Puts itself around one copy, sharing nothing that changes with other copies. */
  wrap(copy: EnvCopy): EnvCopy;
}
