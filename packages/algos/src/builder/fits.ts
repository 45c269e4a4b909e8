import type { Box, Discrete, Dtype, Shape, Space } from '@pg/core';
import type { EnvSpec } from '@pg/envs';
import type { PolicySpec } from '@pg/policies';

/** Stands for a part of a builder that has not been set. */
export interface Unset {
  /** Marks the type. */
  readonly '~unset': true;
}

/** A message that the compiler shows in place of "not assignable". */
export type ComposeError<TMessage extends string> = TMessage & { readonly '~composeError': never };

/**
 * What stands in a builder's way when a method is called without arguments, as the type that `this` would have to have: what is missing of
 * the composition, or else `TSentence`. Anything goes where the policy does not fit, which has been said already.
 */
export type WithoutArguments<TEnv, TPolicy, TNeeds extends Needs, TMethod extends string, TSentence extends string> = TEnv extends Unset
  ? ComposeError<`call .env() before .${TMethod}()`>
  : TPolicy extends Unset
    ? ComposeError<`call .policy() before .${TMethod}()`>
    : TPolicy extends FitsPolicy<TEnv, TPolicy, TNeeds>
      ? ComposeError<TSentence>
      : unknown;

/** Any environment's specification. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
export type AnyEnv = EnvSpec<any, any, boolean>;

/** Any policy's specification. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
export type AnyPolicy = PolicySpec<any, any, boolean, boolean, string>;

/** A shape in words: `80, 80, 4`; `number, number, 3` where sizes are not known. */
export type Join<TShape> = TShape extends readonly [infer A extends number, ...infer R]
  ? `${number extends A ? 'number' : A}${R extends readonly [] ? '' : `, ${Join<R>}`}`
  : 'number[]';

/** A space in words: `Discrete<2>`, `Box<[80, 80, 4]>`, `Box<[210, 160, 3], uint8>`. */
export type Describe<TSpace> =
  TSpace extends Discrete<infer N>
    ? `Discrete<${number extends N ? 'number' : N}>`
    : TSpace extends Box<infer TShape, infer TDtype>
      ? `Box<[${Join<TShape>}]${[TDtype] extends ['uint8'] ? ', uint8' : ''}>`
      : string;

/** What an algorithm asks of its policy. */
export type Needs = 'any policy' | 'a critic' | 'a critic and no memory';

/**
 * The space; where only the running program knows it, or its shape, or how many choices it has, one that fits: what it really is will be
 * checked then.
 */
export type KnownSpace<TSpace extends Space, TFitting> = [Space] extends [TSpace]
  ? TFitting
  : TSpace extends Box<infer TShape, Dtype>
    ? OpenSpace<TSpace, number extends TShape['length'] ? Extract<TFitting, Box<Shape, Dtype>> : never>
    : TSpace extends Discrete<infer N>
      ? OpenSpace<TSpace, number extends N ? Extract<TFitting, Discrete> : never>
      : TSpace;

/** What may be in place of a space that is not fully known, if anything may. */
export type OpenSpace<TSpace extends Space, TFitting> = [TFitting] extends [never] ? TSpace : TFitting;

/** The policy itself when it fits the environment and the algorithm; otherwise a sentence that says why not. */
export type FitsPolicy<TEnv, TPolicy, TNeeds extends Needs> =
  TEnv extends EnvSpec<infer TObs, infer TAct, boolean>
    ? TPolicy extends PolicySpec<infer TPolicyObs, infer TPolicyAct, boolean, boolean, infer TName>
      ? KnownSpace<TAct, TPolicyAct> extends TPolicyAct
        ? KnownSpace<TObs, TPolicyObs> extends TPolicyObs
          ? CheckNeeds<TPolicy, TNeeds, TName>
          : ComposeError<`${TName} cannot read observations of ${Describe<TObs>}; its network expects ${Describe<TPolicyObs>}`>
        : ComposeError<`${TName} acts on ${KindOf<TPolicyAct>} spaces; this environment takes ${Describe<TAct>}`>
      : never
    : ComposeError<'call .env() before .policy()'>;

/** The policy, unless the algorithm needs a critic that it does not have, or no memory that it has. */
export type CheckNeeds<TPolicy, TNeeds extends Needs, TName extends string> = TNeeds extends 'any policy'
  ? TPolicy
  : TPolicy extends { readonly critic: true }
    ? TNeeds extends 'a critic'
      ? TPolicy
      : TPolicy extends { readonly recurrent: true }
        ? ComposeError<`this algorithm cannot train memories; ${TName} has one (use actorCritic, or a2c)`>
        : TPolicy
    : ComposeError<`this algorithm needs a critic; ${TName} has none (use actorCritic or actorCriticLstm)`>;

/** The kind of a space in words, with its size where there is only one that fits. */
export type KindOf<TSpace extends Space> = TSpace extends Discrete<infer N> ? (number extends N ? 'Discrete' : Describe<TSpace>) : 'Box';
