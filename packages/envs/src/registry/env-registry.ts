import type { BreakoutEnvs } from './breakout-envs.js';
import type { ControlEnvs } from './control-envs.js';
import type { PongEnvs } from './pong-envs.js';

/**
 * The ids that `make` knows, each with the function that makes the environment. Add your own, for the compiler here and for
 * the running program with `register`:
 *
 * @example
 * ```ts
 * const maze = (options: { size?: number } = {}) => defineEnv({ id: 'Maze-v0', ... });
 * declare module '@pg/envs' {
 *   interface EnvRegistry {
 *     'Maze-v0': typeof maze;
 *   }
 * }
 * register('Maze-v0', maze);
 * ```
 */
export interface EnvRegistry extends ControlEnvs, PongEnvs, BreakoutEnvs {}
