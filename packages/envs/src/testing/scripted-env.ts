import { checkKeys, type Element, InvalidOptionsError, type Space } from '@pg/core';
import { defineEnv, type EnvSpec } from '@pg/envs';

/** One step of a script. */
export interface ScriptedStep<TObs extends Space> {
  /** What is observed after it. */
  readonly obs: Element<TObs> | readonly number[];
  /** Its reward; 0 by default. */
  readonly reward?: number;
  /** Whether it ends the episode by the rules; false by default. */
  readonly terminated?: boolean;
}

/** What {@link scriptedEnv} plays. */
export interface Script<TObs extends Space, TAct extends Space> {
  /** The environment's name; `Scripted` by default. */
  readonly id?: string;
  /** Where observations lie. */
  readonly observation: TObs;
  /** Where actions lie; they change nothing. */
  readonly action: TAct;
  /** The first observation of every episode. */
  readonly first: Element<TObs> | readonly number[];
  /** What follows, the same in every episode. */
  readonly steps: readonly ScriptedStep<TObs>[];
}

/**
 * Plays a fixed list of observations, rewards and ends, whatever the actions: for tests whose numbers are worked out by hand.
 *
 * When the script is through without an end by the rules, the time limit cuts the episode: its `maxSteps` is the number of
 * steps. Every episode is the same.
 *
 * @throws InvalidOptionsError when there is no step, or a part is unknown or wrong
 * @example
 * ```ts
 * const spec = scriptedEnv({
 *   observation: discrete(3),
 *   action: discrete(2),
 *   first: 0,
 *   steps: [{ obs: 1, reward: 1 }, { obs: 2, reward: 5, terminated: true }],
 * });
 * ```
 */
export function scriptedEnv<TObs extends Space, TAct extends Space>(script: Script<TObs, TAct>): EnvSpec<TObs, TAct> {
  checkKeys('scriptedEnv', script, ['id', 'observation', 'action', 'first', 'steps']);
  const { id = 'Scripted', observation, action, first, steps } = script;
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new InvalidOptionsError({ where: 'scriptedEnv', got: 'no steps', expected: 'at least one', remedy: 'Write steps: [{ obs, reward }].' });
  }
  const seen = [first, ...steps.map(({ obs }) => obs)] as (ArrayLike<number> | number)[];
  return defineEnv<number, TObs, TAct>({
    id,
    observation,
    action,
    maxSteps: steps.length,
    init: () => 0,
    step(time) {
      const { reward = 0, terminated = false } = steps[time]!;
      return { state: time + 1, reward, terminated };
    },
    observe: (time) => seen[time]!,
  });
}
