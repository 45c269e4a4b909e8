import type { Space, Stage } from '@pg/core';
import type { EnvDefinition } from './env-definition.js';

/** An environment's definition and the stages that its observations pass through, in order. */
export interface EnvSource {
  /** The environment itself. The state's type is known to the definition alone. */
  // biome-ignore lint/suspicious/noExplicitAny: each definition has a state and spaces of its own
  readonly definition: EnvDefinition<any, any, any>;
  /** From the definition's observations to the specification's. */
  readonly stages: readonly Stage<Space>[];
}
