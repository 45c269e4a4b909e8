import type { Element, Elements, Space, WithDispose } from '@pg/core';
import type { ActBatchOptions, ActOptions } from './act-options.js';
import type { BatchActions } from './to-actions.js';

/** A policy in use: acts step after step through one episode after the other, and remembers within an episode if it can. */
export interface PolicySession<TObs extends Space = Space, TAct extends Space = Space> {
  /** Chooses the action of the next step; options as of `policy.act`. */
  act(obs: Element<TObs>, options?: ActOptions): Element<TAct>;
  /** Forgets: the next observation is an episode's first. */
  reset(): void;
}

/** A policy in use in N environments at once, each with a memory of its own. */
export interface PolicyBatchSession<TObs extends Space = Space, TAct extends Space = Space> extends WithDispose {
  /** How many environments, N. */
  readonly numEnvs: number;
  /**
   * Chooses the actions of the next step.
   *
   * @param observations - [N, observation size]
   * @param options - as of `policy.actBatch`
   * @returns [N] choices, or [N, action size] numbers, in an array of their own
   */
  act(observations: Elements<TObs> | Float32Array, options?: ActBatchOptions): BatchActions<TAct>;
  /**
   * Forgets: the next observations are the first of episodes.
   *
   * @param where - `[N]`: 1 or true where an episode begins; everywhere by default
   */
  reset(where?: Uint8Array | readonly (boolean | number)[]): void;
  /** Gives its memory back; any use afterwards is a DisposedError. `using` calls it, and the policy's own `dispose` does so too. */
  dispose(): void;
}
