import type { Element, Rng, Space } from '@pg/core';
import type { Picture } from '../rendering/picture.js';
import type { BatchDynamics } from '../vector/batch-dynamics.js';
import type { ActionMaskOf } from './action-mask.js';

/** What follows from an action. */
export interface Outcome<TState> {
  /** The state after it. */
  readonly state: TState;
  /** Its reward. */
  readonly reward: number;
  /** Whether the episode has ended by the rules. */
  readonly terminated: boolean;
  /** Never: the time limit is the definition's `maxSteps`, and the library reports it. */
  readonly truncated?: never;
}

/**
 * An environment as its author writes it: pure functions of a state. The library adds seeding, the time limit, checks,
 * vectorising and resets.
 */
export interface EnvDefinition<TState, TObs extends Space, TAct extends Space> {
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
  /** The first state of an episode. */
  init(rng: Rng): TState;
  /** The state, reward and end that follow from an action. The state that was passed in must not be changed. */
  step(state: TState, action: Element<TAct>, rng: Rng): Outcome<TState>;
  /** What the agent sees of a state: as many numbers as the observation space has, or one for a discrete space. */
  observe(state: TState): ArrayLike<number> | number;
  /**
   * Which actions are allowed in a state; optional, and for `Discrete` actions only. At least one is, wherever an episode goes on.
   * Policies then choose among these, and others are refused.
   */
  actionMask?(state: TState): ActionMaskOf<TAct>;
  /** A picture of a state; optional. */
  render?(state: TState): Picture;
  /** A faster way to step many copies at once, with the same results; optional. */
  batch?(numEnvs: number): BatchDynamics;
}
