import type { Element, Space, Stage } from '@pg/core';
import type { Normalization } from '../normalization/normalization.js';
import type { NormalizationLayer } from '../normalization/normalization-layer.js';
import type { Picture } from '../rendering/picture.js';
import type { VectorEnv } from '../vector/vector-env.js';
import type { EndedEpisode } from './ended-episode.js';
import type { EnvSource } from './env-source.js';
import type { EnvSnapshot } from './snapshot.js';
import type { PipedEnv, Wrapper } from './wrapper.js';

/** What one step of an environment gave. */
export interface StepResult<TObs extends Space = Space> {
  /** The observation after the step; of the episode's last state when it ended. A fresh array each time. */
  readonly obs: Element<TObs>;
  /** The reward of the step. */
  readonly reward: number;
  /** Whether the episode ended by the rules: the last state has no future. */
  readonly terminated: boolean;
  /** Whether the time limit cut the episode: the last state would have had a future. Both flags can be set. */
  readonly truncated: boolean;
}

/** One running environment. */
export interface Env<TObs extends Space = Space, TAct extends Space = Space> {
  /** The name it was registered or defined with. */
  readonly id: string;
  /** Where observations lie. */
  readonly observationSpace: TObs;
  /** Where actions have to lie. */
  readonly actionSpace: TAct;
  /**
   * Which actions are allowed now, where the environment says so: 1 or 0 for each choice, a fresh array each time. Nothing before the
   * first `reset` and after an episode's end.
   */
  readonly actionMask: Uint8Array | undefined;
  /** The last episode that ended, where `episodeStatistics()` is piped; of the last such where there are several. */
  readonly lastEpisode: EndedEpisode | undefined;
  /** What normalises observations and rewards, where such is piped. */
  readonly normalization: Normalization | undefined;
  /**
   * Starts an episode. With a seed, the environment's random stream starts anew; without, it goes on.
   *
   * @returns the first observation
   */
  reset(options?: { readonly seed?: number }): Element<TObs>;
  /**
   * Acts once.
   *
   * @throws ResetRequiredError before the first `reset` and after an episode's end
   * @throws InvalidActionError when the action is outside the action space, or not allowed now
   * @throws NonFiniteError when the environment gives a NaN or infinite reward or observation
   */
  step(action: Element<TAct>): StepResult<TObs>;
  /** Everything that is needed to go on from here, exactly, in this process or another. */
  snapshot(): EnvSnapshot;
  /**
   * Becomes what a snapshot was taken from.
   *
   * @throws InvalidOptionsError when it is of another environment
   */
  restore(snapshot: EnvSnapshot): void;
  /**
   * A picture of the state, of the environment itself and not of what its stages make of it.
   *
   * @throws ResetRequiredError before the first `reset`
   * @throws InvalidOptionsError when the environment does not draw itself
   */
  render(): Picture;
  /** Gives back what is not plain memory. */
  close(): void;
}

/** An environment as a value: what it is, and how to make running ones. Immutable; every method returns something new. */
export interface EnvSpec<TObs extends Space = Space, TAct extends Space = Space, TVectorized extends boolean = false> {
  /** For example `CartPole-v1`; names the stages piped behind it as well. */
  readonly id: string;
  /** Where observations lie, behind all stages. */
  readonly observationSpace: TObs;
  /** Where actions have to lie. */
  readonly actionSpace: TAct;
  /** The time limit in steps. */
  readonly maxSteps: number;
  /** Whether it says, in every state, which of its `Discrete` actions are allowed. */
  readonly masksActions: boolean;
  /** The mean return over 100 episodes from which on it counts as solved, where there is such a convention. */
  readonly rewardThreshold: number | undefined;
  /** Whether `make` gives several copies that are stepped together. */
  readonly vectorized: TVectorized;
  /** How many copies; 1 when it is not vectorised. */
  readonly numEnvs: number;
  /** What the specification is made of; for the functions of this package. */
  readonly '~source': EnvSource;
  /** Runs some of the copies on a worker thread; for the threads that `make` starts. */
  readonly '~serve': (task: never) => Promise<void>;
  /**
   * The same environment with a stage of preprocessing for its observations, another wrapper, or normalisation put behind it.
   *
   * @throws InvalidOptionsError when it does not fit, or would stand behind normalisation, which has to come last
   */
  pipe<TOut extends Space, TOutAct extends Space = TAct>(
    transform: (space: TObs, env: PipedEnv<TAct>) => Stage<TOut> | Wrapper<TOut, TOutAct> | NormalizationLayer<TOut>,
  ): EnvSpec<TOut, TOutAct, TVectorized>;
  /**
   * Makes a running environment. The same seed gives the same episodes for the same actions; 0 by default.
   */
  make(options?: { readonly seed?: number }): TVectorized extends true ? VectorEnv<TObs, TAct> : Env<TObs, TAct>;
}
