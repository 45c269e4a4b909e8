import { type Box, checkKeys, type Discrete, describeValue, discrete, InvalidOptionsError, type Rng, type Space, sample } from '@pg/core';
import { defineEnv, type EnvSpec } from '@pg/envs';

/** What {@link identityEnv} can be told. */
export interface IdentityEnvOptions {
  /** How many steps an episode has, at the end of which the time limit cuts it; 100 by default. */
  readonly maxSteps?: number;
}

/**
 * The environment whose observation is the right action: the least that a policy and an algorithm have to learn.
 *
 * With a `Discrete` space the reward is 1 for the action that is observed and 0 for another. With a `Box` it is minus the mean
 * square of the distance, so 0 at best. Each step shows another element, drawn at random. After Stable-Baselines3's `IdentityEnv`
 * and `IdentityEnvBox`.
 *
 * @param space - the space of both observations and actions; a number n stands for `discrete(n)`
 * @param options - `maxSteps`
 * @throws InvalidOptionsError when `space` is none or an option is unknown or wrong
 * @example
 * ```ts
 * const spec = identityEnv(2); // random play gets 50 of 100, an agent that reads its observation 100
 * const continuous = identityEnv(box({ shape: [1], low: -1, high: 1 }));
 * ```
 */
export function identityEnv(space: number | Discrete, options?: IdentityEnvOptions): EnvSpec<Discrete, Discrete>;
export function identityEnv<TShape extends readonly number[]>(space: Box<TShape>, options?: IdentityEnvOptions): EnvSpec<Box<TShape>, Box<TShape>>;
export function identityEnv(space: number | Space, options: IdentityEnvOptions = {}): EnvSpec<Space, Space> {
  checkKeys('identityEnv', options, ['maxSteps']);
  const { maxSteps = 100 } = options;
  const wanted = typeof space === 'number' ? discrete(space) : space;
  requireSpace(wanted);
  return wanted.kind === 'discrete' ? ofChoices(wanted, maxSteps) : ofNumbers(wanted as Box, maxSteps);
}

/** For JavaScript callers. */
function requireSpace(space: Space): void {
  if (space?.kind === 'discrete' || space?.kind === 'box') return;
  throw new InvalidOptionsError({
    where: 'identityEnv',
    got: describeValue(space),
    expected: 'a space, or how many choices there are',
    remedy: 'Write identityEnv(2), or pass box({...}).',
  });
}

function ofChoices(space: Discrete, maxSteps: number): EnvSpec<Space, Space> {
  return defineEnv({
    id: `Identity(${space.size})`,
    observation: space,
    action: space,
    maxSteps,
    init: (rng) => rng.integer(space.size),
    step: (right: number, action, rng) => ({ state: rng.integer(space.size), reward: action === right ? 1 : 0, terminated: false }),
    observe: (right) => right,
  }) as unknown as EnvSpec<Space, Space>;
}

function ofNumbers(space: Box, maxSteps: number): EnvSpec<Space, Space> {
  const draw = (rng: Rng) => sample(space, rng);
  return defineEnv({
    id: `Identity([${space.shape.join(', ')}])`,
    observation: space,
    action: space,
    maxSteps,
    init: draw,
    step(right: Float32Array, action, rng) {
      let squares = 0;
      for (let i = 0; i < right.length; i++) squares += (action[i]! - right[i]!) * (action[i]! - right[i]!);
      return { state: draw(rng), reward: -squares / right.length, terminated: false };
    },
    observe: (right) => right,
  }) as unknown as EnvSpec<Space, Space>;
}
