import { describeValue, InvalidOptionsError, parseOptions, type Space } from '@pg/core';
import * as z from 'zod/mini';
import { createSpec } from './create-spec.js';
import type { EnvSpec } from './env.js';
import type { EnvDefinition } from './env-definition.js';

const aFunction = (signature: string) => z.custom<unknown>((value) => typeof value === 'function', { error: `the function ${signature}` });
const aSpace = z.custom<unknown>((value) => isSpace(value), { error: 'a space: box({...}) or discrete(n)' });

const schema = z.strictObject({
  id: z.string().check(z.minLength(1)),
  observation: aSpace,
  action: aSpace,
  maxSteps: z.custom<number>((value) => value === Number.POSITIVE_INFINITY || (Number.isInteger(value) && (value as number) > 0), {
    error: 'a positive whole number, or Infinity',
  }),
  rewardThreshold: z.optional(z.number()),
  init: aFunction('init(rng)'),
  step: aFunction('step(state, action, rng)'),
  observe: aFunction('observe(state)'),
  batch: z.optional(aFunction('batch(numEnvs)')),
});

/**
 * Makes an environment from pure functions of a state.
 *
 * @param definition - spaces, time limit, and the functions `init`, `step` and `observe`
 * @throws InvalidOptionsError when a part is missing or wrong
 * @example
 * ```ts
 * const corridor = defineEnv({
 *   id: 'corridor',
 *   observation: box({ shape: [1], low: 0, high: 10 }),
 *   action: discrete(2),
 *   maxSteps: 50,
 *   init: () => 0,
 *   step: (place, action) => {
 *     const state = Math.max(0, place + (action === 1 ? 1 : -1));
 *     return { state, reward: state === 10 ? 1 : 0, terminated: state === 10 };
 *   },
 *   observe: (place) => [place],
 * });
 * ```
 */
export function defineEnv<TState, TObs extends Space, TAct extends Space>(definition: EnvDefinition<TState, TObs, TAct>): EnvSpec<TObs, TAct> {
  parseOptions('defineEnv', schema, definition);
  return createSpec<TObs, TAct, false>({ definition: ownCopy(definition), stages: [] }, false, 1);
}

/** A definition that later changes of the author's object do not reach; its functions still find each other by `this`. */
function ownCopy<TState, TObs extends Space, TAct extends Space>(definition: EnvDefinition<TState, TObs, TAct>): EnvDefinition<TState, TObs, TAct> {
  const { id, observation, action, maxSteps, rewardThreshold, batch } = definition;
  return Object.freeze({
    id,
    observation,
    action,
    maxSteps,
    ...(rewardThreshold === undefined ? {} : { rewardThreshold }),
    init: definition.init.bind(definition),
    step: definition.step.bind(definition),
    observe: definition.observe.bind(definition),
    ...(batch === undefined ? {} : { batch: batch.bind(definition) }),
  });
}

/** Refuses what is no specification; for JavaScript callers. */
export function requireSpec(where: string, value: unknown): void {
  if (value !== null && typeof value === 'object' && '~source' in value) return;
  throw new InvalidOptionsError({
    where,
    got: describeValue(value),
    expected: 'an environment specification',
    remedy: 'Pass what cartPole(), defineEnv() or vectorize() return.',
  });
}

function isSpace(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'kind' in value && (value.kind === 'box' || value.kind === 'discrete');
}
