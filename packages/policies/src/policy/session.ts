import type { Element, Space } from '@pg/core';
import type { ActOptions } from './policy.js';

/** A policy in use: acts step after step through one episode after the other, and remembers within an episode if it can. */
export interface PolicySession<TObs extends Space = Space, TAct extends Space = Space> {
  /** Chooses the action of the next step; options as of `policy.act`. */
  act(obs: Element<TObs>, options?: ActOptions): Element<TAct>;
  /** Forgets: the next observation is an episode's first. */
  reset(): void;
}
