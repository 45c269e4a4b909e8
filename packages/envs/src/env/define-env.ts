import { describeSpace, describeValue, InvalidOptionsError, isPlainObject, observedSpace, parseOptions, type Space } from '@pg/core';
import * as z from 'zod/mini';
import { PureDynamics } from '../copy/pure-dynamics.js';
import { createSpec } from './create-spec.js';
import type { Dynamics, InPlaceDefinition } from './dynamics.js';
import type { EnvSpec } from './env.js';
import type { EnvDefinition } from './env-definition.js';

const aFunction = (signature: string) => z.custom<unknown>((value) => typeof value === 'function', { error: `the function ${signature}` });
const aSpace = z.custom<unknown>((value) => isKindOfSpace(value), { error: 'a space: box({...}) or discrete(n)' });

const common = {
  id: z.string().check(z.minLength(1)),
  observation: aSpace,
  action: aSpace,
  maxSteps: z.custom<number>((value) => value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && (value as number) > 0), {
    error: 'a positive whole number, or Infinity',
  }),
  rewardThreshold: z.optional(z.number()),
};

const inPlaceSchema = z.strictObject({ ...common, masksActions: z.optional(z.boolean()), create: aFunction('create()') });

const schema = z.strictObject({
  ...common,
  init: aFunction('init(rng)'),
  step: aFunction('step(state, action, rng)'),
  observe: aFunction('observe(state)'),
  actionMask: z.optional(aFunction('actionMask(state)')),
  render: z.optional(aFunction('render(state)')),
  batch: z.optional(aFunction('batch(numEnvs)')),
});

/**
 * Makes an environment from pure functions of a state, or, where a new state for every step would cost too much, from
 * copies that change in place.
 *
 * @param definition - spaces, time limit, and the functions `init`, `step` and `observe`; or `create`, which makes a copy
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
export function defineEnv<TState, TObs extends Space, TAct extends Space>(definition: EnvDefinition<TState, TObs, TAct>): EnvSpec<TObs, TAct>;
export function defineEnv<TObs extends Space, TAct extends Space>(definition: InPlaceDefinition<TObs, TAct>): EnvSpec<TObs, TAct>;
export function defineEnv<TObs extends Space, TAct extends Space>(
  definition: EnvDefinition<unknown, TObs, TAct> | InPlaceDefinition<TObs, TAct>,
): EnvSpec<TObs, TAct> {
  if (definition !== null && typeof definition === 'object' && 'create' in definition) return defineInPlace(definition);
  parseOptions('defineEnv', schema, partsOf(definition, schema.shape));
  const own = ownCopy(definition);
  const masksActions = own.actionMask !== undefined;
  if (masksActions) requireChoices(definition);
  return createSpec<TObs, TAct, false>({ definition: own, createDynamics: () => new PureDynamics(own), masksActions, layers: [] }, false, 1);
}

function defineInPlace<TObs extends Space, TAct extends Space>(definition: InPlaceDefinition<TObs, TAct>): EnvSpec<TObs, TAct> {
  const parts = partsOf(definition, inPlaceSchema.shape);
  parseOptions('defineEnv', inPlaceSchema, parts);
  // what is left of it without its functions; nobody but `createDynamics` calls any
  const own = Object.freeze({ ...parts, observation: observedSpace('defineEnv', definition.observation) }) as unknown as EnvDefinition<unknown, TObs, TAct>;
  const create = definition.create.bind(definition);
  const masksActions: boolean = definition.masksActions ?? false;
  if (masksActions) requireChoices(definition);
  const createDynamics = () => requireDynamics(definition, create());
  return createSpec<TObs, TAct, false>({ definition: own, createDynamics, masksActions, layers: [] }, false, 1);
}

/** A definition's own parts, and those that it has of a class: a definition may be written as one. */
function partsOf(definition: object, known: object): object {
  if (definition === null || typeof definition !== 'object' || Array.isArray(definition) || isPlainObject(definition)) return definition;
  const inherited = Object.keys(known).filter((name) => name in definition);
  return { ...definition, ...Object.fromEntries(inherited.map((name) => [name, definition[name as keyof typeof definition]])) };
}

const always = ['begin', 'step', 'observe', 'snapshot', 'restore'] as const;

/** For JavaScript authors, and for masks that nobody would ask for. */
function requireDynamics({ id, masksActions }: Pick<InPlaceDefinition<Space, Space>, 'id' | 'masksActions'>, made: Dynamics): Dynamics {
  const isObject = made !== null && typeof made === 'object';
  const methods = masksActions ? ([...always, 'actionMask'] as const) : always;
  const missing = isObject ? methods.find((method) => typeof made[method] !== 'function') : undefined;
  if (isObject && !masksActions && made.actionMask !== undefined) {
    throw new InvalidOptionsError({
      where: `${id}.create`,
      got: 'a copy with actionMask() of a definition without masksActions',
      expected: 'both or none',
      remedy: 'Set masksActions: true beside create, or remove actionMask().',
    });
  }
  if (isObject && missing === undefined) return made;
  throw new InvalidOptionsError({
    where: `${id}.create`,
    got: missing ? `a copy without ${missing}()` : describeValue(made),
    expected: `an object { reward, terminated, ${methods.join(', ')} }`,
    remedy: 'Return one copy of the environment.',
  });
}

/** A definition that later changes of the author's object do not reach; its functions still find each other by `this`. */
function ownCopy<TState, TObs extends Space, TAct extends Space>(definition: EnvDefinition<TState, TObs, TAct>): EnvDefinition<TState, TObs, TAct> {
  const { id, observation, action, maxSteps, rewardThreshold, actionMask, render, batch } = definition;
  return Object.freeze({
    id,
    observation: observedSpace('defineEnv', observation),
    action,
    maxSteps,
    ...(rewardThreshold === undefined ? {} : { rewardThreshold }),
    init: definition.init.bind(definition),
    step: definition.step.bind(definition),
    observe: definition.observe.bind(definition),
    ...(actionMask === undefined ? {} : { actionMask: actionMask.bind(definition) }),
    ...(render === undefined ? {} : { render: render.bind(definition) }),
    ...(batch === undefined ? {} : { batch: batch.bind(definition) }),
  });
}

/** Only choices can be allowed one by one; for JavaScript authors. */
function requireChoices({ id, action }: { readonly id: string; readonly action: Space }): void {
  if (action.kind === 'discrete') return;
  throw new InvalidOptionsError({
    where: 'defineEnv',
    got: `masks of actions for ${id}, which takes ${describeSpace(action)}`,
    expected: 'Discrete actions, of which each is allowed or not',
    remedy: 'Leave them out, or make the actions choices: discrete(n).',
  });
}

/** Only as much as `make` needs: `checkEnv` says what else is wrong with a space. */
function isKindOfSpace(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'kind' in value && (value.kind === 'box' || value.kind === 'discrete');
}
