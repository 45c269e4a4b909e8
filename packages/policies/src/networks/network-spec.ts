import type { Dtype, Space } from '@pg/core';
import type { Layer } from '@pg/nn';

/** The hidden part of a policy's network, as a value; the policy puts its outputs behind it. */
export interface NetworkSpec<TIn extends Space> {
  /** What it is called, for messages. */
  readonly name: string;
  /** How many axes its observations have. */
  readonly inputRank: number;
  /** What observations are kept as; float32 numbers when left out. `as-observed` is what their space says. */
  readonly input?: Dtype | 'as-observed';
  /** The hidden layers. */
  readonly layers: readonly Layer[];
  /** Carries the type of the observations that it reads; never there at run time. */
  readonly '~in'?: (space: TIn) => void;
}
