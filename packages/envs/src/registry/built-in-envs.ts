import { breakoutEnvs } from './breakout-envs.js';
import { controlEnvs } from './control-envs.js';
import type { EnvRegistry } from './env-registry.js';
import { pongEnvs } from './pong-envs.js';

/** The tables of built-in environments, a line for each family: a family's names and types also go into {@link EnvRegistry}. */
export const builtInEnvs: readonly Partial<EnvRegistry>[] = [controlEnvs, pongEnvs, breakoutEnvs];
