import { describeValue, InvalidOptionsError, type Space, suggest } from '@pg/core';
import type { EnvSpec } from '../env/env.js';
import { requireSpec } from '../env/require-spec.js';
import { builtInEnvs } from './built-in-envs.js';
import type { EnvRegistry } from './env-registry.js';

/** Makes the specification of a registered environment. */
// biome-ignore lint/suspicious/noExplicitAny: each environment has spaces and options of its own
export type EnvFactory = (...options: any[]) => EnvSpec<any, any, boolean>;

const registered = new Map<string, EnvFactory>();

/** Any string; of one that is known, a sentence when there is no such id. */
export type IdAtRunTime<TId extends string> = string extends TId
  ? TId
  : TId extends keyof EnvRegistry
    ? never
    : `there is no environment "${TId}"; registeredIds() lists them, and EnvRegistry takes your own`;

/** Without an id there is no environment. */
export function make(this: "an id is required: make('CartPole-v1')"): never;
/**
 * The environment of an id, as a specification.
 *
 * @param id - for example `CartPole-v1`; its type says which there are
 * @param options - those of the environment's own function, without the version, which the id names
 * @throws InvalidOptionsError when nothing is registered under the id, or an option is wrong
 * @example
 * ```ts
 * const env = make('CartPole-v1', { maxSteps: 100 }).make({ seed: 7 });
 * ```
 */
export function make<TId extends keyof EnvRegistry>(id: TId, ...options: Parameters<EnvRegistry[TId]>): ReturnType<EnvRegistry[TId]>;
/**
 * The environment of an id that is known only when the program runs, for example from its command line.
 *
 * @throws InvalidOptionsError when nothing is registered under the id, or an option is wrong
 */
export function make<TId extends string>(id: IdAtRunTime<TId>, options?: object): EnvSpec<Space, Space>;
export function make(this: unknown, id?: string, ...options: readonly unknown[]): unknown {
  const factory = factoryOf(id as string);
  if (!factory) throw unknownId(id);
  const spec = factory(...options);
  requireSpec(`make("${id}")`, spec);
  return spec;
}

/**
 * Gives an environment of your own an id for `make`, in this program.
 *
 * @param id - for example `Maze-v0`
 * @param factory - makes its specification of the options that `make` passes on
 * @throws InvalidOptionsError when the id is taken or empty, or the factory is no function
 */
export function register(id: string, factory: EnvFactory): void {
  if (typeof id !== 'string' || id === '') throw wrongPart(describeValue(id), 'an id, a string that is not empty', 'Give it a name, for example "Maze-v0".');
  if (typeof factory !== 'function') throw wrongPart(`${describeValue(factory)} for "${id}"`, 'a function', 'Pass one that returns defineEnv({...}).');
  if (factoryOf(id)) throw wrongPart(`"${id}", which is registered already`, 'an id that is not taken', 'Choose another, for example with a higher version.');
  registered.set(id, factory);
}

/** All ids that `make` knows: the built-in ones, then those of `register`, in order. */
export function registeredIds(): readonly string[] {
  return [...builtInEnvs.flatMap((family) => Object.keys(family)), ...registered.keys()];
}

function factoryOf(id: string): EnvFactory | undefined {
  const family = builtInEnvs.find((each) => Object.hasOwn(each, id));
  return family ? family[id as keyof EnvRegistry] : registered.get(id);
}

function unknownId(id: unknown): InvalidOptionsError {
  const known = registeredIds();
  const near = typeof id === 'string' ? suggest(id, known) : undefined;
  return new InvalidOptionsError({
    where: 'make',
    got: `the id ${describeValue(id)}`,
    expected: `one of: ${known.join(', ')}`,
    remedy: near === undefined ? 'Register an environment of your own with register(id, factory).' : `Did you mean "${near}"?`,
  });
}

function wrongPart(got: string, expected: string, remedy: string): InvalidOptionsError {
  return new InvalidOptionsError({ where: 'register', got, expected, remedy });
}
