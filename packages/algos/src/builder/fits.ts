import type { Box, Discrete, Space } from '@pg/core';
import type { EnvSpec } from '@pg/envs';
import type { PolicySpec } from '@pg/policies';

/** Stands for a part of a builder that has not been set. */
export interface Unset {
  /** Marks the type. */
  readonly '~unset': true;
}

/** A message that the compiler shows in place of "not assignable". */
export type ComposeError<TMessage extends string> = TMessage & { readonly '~composeError': never };

/** Any environment's specification. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
export type AnyEnv = EnvSpec<any, any, boolean>;

/** Any policy's specification. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every pair of spaces
export type AnyPolicy = PolicySpec<any, any, boolean, boolean, string>;

/** A shape in words: `80, 80, 4`. */
export type Join<TShape> = TShape extends readonly [infer A extends number, ...infer R] ? (R extends readonly [] ? `${A}` : `${A}, ${Join<R>}`) : 'number[]';

/** A space in words: `Discrete<2>`, `Box<[80, 80, 4]>`, `Box<[210, 160, 3], uint8>`. */
export type Describe<TSpace> =
  TSpace extends Discrete<infer N>
    ? `Discrete<${N}>`
    : TSpace extends Box<infer TShape, infer TDtype>
      ? `Box<[${Join<TShape>}]${[TDtype] extends ['uint8'] ? ', uint8' : ''}>`
      : string;

/** The space; of an environment that only the running program knows, one that fits: what it really is will be checked then. */
export type KnownSpace<TSpace extends Space, TFitting> = [Space] extends [TSpace] ? TFitting : TSpace;

/** The policy itself when it fits the environment and the algorithm; otherwise a sentence that says why not. */
export type FitsPolicy<TEnv, TPolicy, TNeedsCritic extends boolean> =
  TEnv extends EnvSpec<infer TObs, infer TAct, boolean>
    ? TPolicy extends PolicySpec<infer TPolicyObs, infer TPolicyAct, boolean, infer TCritic, infer TName>
      ? KnownSpace<TAct, TPolicyAct> extends TPolicyAct
        ? KnownSpace<TObs, TPolicyObs> extends TPolicyObs
          ? CheckCritic<TPolicy, TCritic, TNeedsCritic, TName>
          : ComposeError<`${TName} cannot read observations of ${Describe<TObs>}; its network expects ${Describe<TPolicyObs>}`>
        : ComposeError<`${TName} acts on ${KindOf<TPolicyAct>} spaces; this environment takes ${Describe<TAct>}`>
      : never
    : ComposeError<'call .env() before .policy()'>;

/** The policy, unless the algorithm needs a critic that it does not have. */
export type CheckCritic<TPolicy, TCritic extends boolean, TNeedsCritic extends boolean, TName extends string> = TNeedsCritic extends true
  ? TCritic extends true
    ? TPolicy
    : ComposeError<`this algorithm needs a critic; ${TName} has none (use actorCritic or actorCriticLstm)`>
  : TPolicy;

/** The kind of a space in words, with its size where there is only one that fits. */
export type KindOf<TSpace extends Space> = TSpace extends Discrete<infer N> ? (number extends N ? 'Discrete' : Describe<TSpace>) : 'Box';
