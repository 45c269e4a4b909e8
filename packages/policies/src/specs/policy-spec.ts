import type { Space } from '@pg/core';
import type { DistributionSpec, Network } from '@pg/nn';
import type { NetworkSpec } from '../networks/network-spec.js';

/** The spaces that a policy stands between. */
export interface PolicySpaces<TObs extends Space = Space, TAct extends Space = Space> {
  /** Where observations lie. */
  readonly observationSpace: TObs;
  /** Where actions lie. */
  readonly actionSpace: TAct;
}

/** A policy bound to spaces: the whole network, and which of its outputs mean what. */
export interface PolicyModel {
  /** Hidden layers and heads. */
  readonly network: Network;
  /** The outputs that actions are drawn from. */
  readonly distribution: DistributionSpec;
  /** The head with V(s), of size 1, where there is a critic. */
  readonly valueHead?: string;
}

/** A policy as a value: a distribution on a network, for any spaces that fit. */
export interface PolicySpec<TObs extends Space, TAct extends Space, TRecurrent extends boolean, TCritic extends boolean, TName extends string> {
  /** What it is called. */
  readonly name: TName;
  /** Whether it remembers within an episode. */
  readonly recurrent: TRecurrent;
  /** Whether it has a value function. */
  readonly critic: TCritic;
  /** Carries the types of the spaces that fit; never there at run time. */
  readonly '~types'?: { readonly observation: TObs; readonly action: TAct };
  /**
   * The network for these spaces.
   *
   * @throws IncompatiblePolicyError when the policy does not fit them
   */
  bind(spaces: PolicySpaces): PolicyModel;
}

/** The observations that a network reads. */
export type ObservationOf<TNetwork> = TNetwork extends NetworkSpec<infer TIn> ? TIn : never;
