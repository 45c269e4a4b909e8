import type { Discrete, DtypeArray, Rng, Space, SparseRows, Stage } from '@pg/core';
import type { Picture } from '../rendering/picture.js';

/**
 * One copy of an environment that changes in place: what an author writes when a new state object for every step would cost
 * too much. The library adds seeding, the time limit, checks, vectorising and resets, as it does for pure functions.
 */
export interface Dynamics {
  /** The reward of the last step. */
  readonly reward: number;
  /** Whether the last step ended the episode by the rules. The time limit is not the environment's business. */
  readonly terminated: boolean;
  /** Starts an episode. All randomness comes from `rng`, here and in `step`. */
  begin(rng: Rng): void;
  /** Takes one step: a choice, or an array that is valid during the call only. Hot: no allocation. */
  step(action: number | Float32Array, rng: Rng): void;
  /**
   * Writes what the agent sees now, from `offset` on. Called only when somebody looks, which may be never or twice after a
   * step. Hot: no allocation.
   */
  observe(out: DtypeArray, offset: number): void;
  /**
   * Writes which actions are allowed now: 1 or 0 for each choice, from `offset` on; where the definition says `masksActions`. May be
   * called never or twice after a step. Hot: no allocation.
   */
  actionMask?(out: Uint8Array, offset: number): void;
  /** Everything that `restore` needs to go on from here, as plain data that later steps do not change. */
  snapshot(): unknown;
  /** Becomes what a snapshot of this or another copy was taken from. */
  restore(snapshot: unknown): void;
  /** A picture of the state. */
  render?(): Picture;
  /** Gives back what is not plain memory, when the environment is closed. */
  close?(): void;
  /** A faster way to what the first of `stages` compute from this copy's observations, if there is one. */
  shortcut?(stages: readonly Stage[]): Shortcut | undefined;
}

/**
 * A way around the first stages behind a {@link Dynamics}, bound to it. It gives the same bits as the stages would, and is
 * asked in their place: a game whose preprocessing reads few pixels need not draw the others.
 */
export interface Shortcut {
  /** How many stages it stands for. */
  readonly stages: number;
  /** Called after every `begin` of the dynamics. */
  begin(): void;
  /** Called after every `step` of the dynamics. Hot: no allocation. */
  step(): void;
  /** Writes what the last of the stages would give, from `offset` on; may be called never or twice after a step. Hot: no allocation. */
  observe(out: DtypeArray, offset: number): void;
  /** Writes the same as a list of its non-zeros into a row, and sets its `given`, if it can; says whether it did. Hot: no allocation. */
  observeSparse?(out: SparseRows, row: number): boolean;
  /** What it remembers, as plain data. */
  snapshot(): unknown;
  /** Remembers again what `snapshot` gave. */
  restore(snapshot: unknown): void;
}

/** An environment that changes in place, as its author writes it. */
export interface InPlaceDefinition<TObs extends Space, TAct extends Space> {
  /** The environment's name. */
  readonly id: string;
  /** Where observations lie. */
  readonly observation: TObs;
  /** Where actions lie. */
  readonly action: TAct;
  /** The time limit in steps: the library reports `truncated` there, never the environment. May be infinite. */
  readonly maxSteps: number;
  /** The mean return from which on it counts as solved, if there is such a convention. */
  readonly rewardThreshold?: number;
  /** Whether copies say by `actionMask` which actions are allowed, `Discrete` ones only; false by default. */
  readonly masksActions?: TAct extends Discrete ? boolean : false;
  /** Makes one copy, which shares nothing that changes with others. */
  create(): Dynamics;
}
