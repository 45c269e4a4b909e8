import { describeValue, InvalidOptionsError, type OptionSchema, parseOptions } from '@pg/core';
import type { EnvSpec } from '@pg/envs';
import type { Engine } from '@pg/nn';
import * as z from 'zod/mini';
import type { Learner, Update } from '../learner/learner.js';
import type { AnyEnv, AnyPolicy, ComposeError, FitsPolicy, Unset } from './fits.js';

/** What `.build()` takes. */
export interface BuildOptions {
  /** The one root of all randomness of the run: the same seed, the same result, bit for bit. Any safe integer; 0 is one. */
  readonly seed: number;
  /** What computes the networks; the WebAssembly engine by default. */
  readonly engine?: Engine;
}

/**
 * Composes an algorithm step by step. Immutable: every method returns a new builder and leaves the one that it was called on
 * as it is.
 */
export interface AlgorithmBuilder<TEnv, TPolicy, TOptions, TUpdate extends Update, TNeedsCritic extends boolean> {
  /** Sets the environment, vectorised or not; the policy is to be set after it. */
  env<const E extends AnyEnv>(env: E): AlgorithmBuilder<E, Unset, TOptions, TUpdate, TNeedsCritic>;
  /** Sets the policy; one that does not fit the environment does not compile. */
  policy<P extends AnyPolicy>(policy: FitsPolicy<TEnv, P, TNeedsCritic>): AlgorithmBuilder<TEnv, P, TOptions, TUpdate, TNeedsCritic>;
  /**
   * Sets some of the algorithm's options; others keep their values.
   *
   * @throws InvalidOptionsError when an option is unknown or out of range
   */
  options(options: Partial<TOptions>): AlgorithmBuilder<TEnv, TPolicy, TOptions, TUpdate, TNeedsCritic>;
  /**
   * Makes the run.
   *
   * @throws IncompatiblePolicyError when the policy does not fit (in JavaScript, where the compiler does not stop it)
   */
  build(
    ...args: TEnv extends Unset
      ? [ComposeError<'call .env() before .build()'>]
      : TPolicy extends Unset
        ? [ComposeError<'call .policy() before .build()'>]
        : [options: BuildOptions]
  ): LearnerOf<TEnv, TUpdate>;
}

/** The learner of an environment's spaces. */
export type LearnerOf<TEnv, TUpdate extends Update> = TEnv extends EnvSpec<infer TObs, infer TAct, boolean> ? Learner<TObs, TAct, TUpdate> : never;

/** What a plain twin takes: everything that the builder gathers, in one object. */
export interface TypedComposition<TEnv extends AnyEnv, TPolicy extends AnyPolicy, TOptions, TNeedsCritic extends boolean> extends BuildOptions {
  /** The environment, vectorised or not. */
  readonly env: TEnv;
  /** The policy; one that does not fit the environment does not compile. */
  readonly policy: FitsPolicy<TEnv, TPolicy, TNeedsCritic>;
  /** Some of the algorithm's options. */
  readonly options?: Partial<TOptions>;
}

const engine = z.custom<Engine>((value) => typeof value === 'object' && value !== null && 'compileForTraining' in value, {
  error: 'an engine: wasmEngine() of @pg/nn',
});
const buildShape = { seed: z.int(), engine: z.optional(engine) };
const buildSchema = z.strictObject(buildShape);
const compositionSchema = z.strictObject({ env: z.unknown(), policy: z.unknown(), options: z.optional(z.unknown()), ...buildShape });

/** What a builder has gathered. */
export interface Composition<TOptions> extends BuildOptions {
  readonly env: AnyEnv;
  readonly policy: AnyPolicy;
  readonly options?: Partial<TOptions>;
}

/** What a builder needs to know of its algorithm. */
export interface AlgorithmDefinition<TOptions, TUpdate extends Update> {
  /** The function that users call, for messages. */
  readonly name: string;
  /** Checks the options. */
  readonly schema: OptionSchema<unknown>;
  /** The plain twin that `.build()` calls. */
  // biome-ignore lint/suspicious/noExplicitAny: the builder's types have checked the spaces
  readonly create: (composition: Composition<TOptions>) => Learner<any, any, TUpdate>;
}

/** A builder in which nothing has been set. */
export function createBuilder<TOptions, TUpdate extends Update, TNeedsCritic extends boolean>(
  algorithm: AlgorithmDefinition<TOptions, TUpdate>,
): AlgorithmBuilder<Unset, Unset, TOptions, TUpdate, TNeedsCritic> {
  return builder(algorithm, { options: {} }) as unknown as AlgorithmBuilder<Unset, Unset, TOptions, TUpdate, TNeedsCritic>;
}

type Parts<TOptions> = Partial<Omit<Composition<TOptions>, 'options'>> & { readonly options: Partial<TOptions> };

function builder<TOptions, TUpdate extends Update>(algorithm: AlgorithmDefinition<TOptions, TUpdate>, parts: Parts<TOptions>): object {
  const { name, schema, create } = algorithm;
  const having = (more: Partial<Parts<TOptions>>) => builder(algorithm, { ...parts, ...more });
  return Object.freeze({
    env: (env: AnyEnv) => having({ env }),
    policy: (policy: AnyPolicy) => having({ policy }),
    options(options: Partial<TOptions>) {
      parseOptions(`${name}().options`, schema, options);
      return having({ options: { ...parts.options, ...options } });
    },
    build(build: BuildOptions) {
      parseOptions(`${name}().build`, buildSchema, build);
      return create({ ...parts, ...build } as Composition<TOptions>);
    },
  });
}

/** Refuses a composition without an environment, a policy or a seed, or with anything else; for JavaScript callers. */
export function requireComposition(name: string, composition: Partial<Composition<unknown>>): void {
  const { env, policy } = composition ?? {};
  if (env === null || typeof env !== 'object' || !('~source' in env)) {
    throw missing(name, `env: ${describeValue(env)}`, 'an environment specification', 'Call .env(cartPole()) before .build().');
  }
  if (policy === null || typeof policy !== 'object' || typeof policy.bind !== 'function') {
    throw missing(name, `policy: ${describeValue(policy)}`, 'a policy specification', 'Call .policy(...) before .build().');
  }
  parseOptions(name, compositionSchema, composition);
}

function missing(where: string, got: string, expected: string, remedy: string): InvalidOptionsError {
  return new InvalidOptionsError({ where, got, expected, remedy });
}
