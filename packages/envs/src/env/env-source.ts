import type { Stage } from '@pg/core';
import type { NormalizationLayer } from '../normalization/normalization-layer.js';
import type { ParsedWorkerOptions } from '../workers/worker-options.js';
import type { Dynamics } from './dynamics.js';
import type { EnvDefinition } from './env-definition.js';
import type { Wrapper } from './wrapper.js';

/** An environment's definition and what is piped behind it, in order. */
export interface EnvSource {
  /** The environment itself; of one that changes in place without the pure functions. The state's type is known to the definition alone. */
  // biome-ignore lint/suspicious/noExplicitAny: each definition has a state and spaces of its own
  readonly definition: EnvDefinition<any, any, any>;
  /** Makes one copy. */
  createDynamics(): Dynamics;
  /** Whether copies say which actions are allowed. */
  readonly masksActions: boolean;
  /** Stages of observations and wrappers. */
  readonly layers: readonly (Stage | Wrapper)[];
  /** What normalises the batch of all copies, behind the layers of each. */
  readonly normalization?: readonly NormalizationLayer[];
  /** The threads that step the copies, if the learner's own thread does not. */
  readonly workers?: ParsedWorkerOptions;
}
