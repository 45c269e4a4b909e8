import type { CompositionIdentity } from './composition-identity.js';

/** What every thread is told that runs a builder, whatever it is to do there. */
export interface BuilderTask {
  /** What the builder has to be. */
  readonly identity: CompositionIdentity;
  /** The root seed of the run. */
  readonly seed: number;
}

/** The hidden method of builders that threads call. */
export const WORK = '~work';
