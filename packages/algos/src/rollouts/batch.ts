import type { Needs } from '../builder/fits.js';
import type { YieldStar } from '../update/ask.js';

/** Stands in place of something that is not there; the compiler shows the sentence. */
export interface Mistake<TSentence extends string> {
  readonly '~mistake': TSentence;
}

/** Derivatives of a loss, one for each row of the part; a loss writes them, and they begin as zeros. */
export interface Coefficients {
  /** ∂L/∂log π(a|s), `[rows]`. */
  readonly logProb: Float32Array;
  /** ∂L/∂H, `[rows]`. */
  readonly entropy: Float32Array;
  /** ∂L/∂V, `[rows]`; empty without a critic. */
  readonly value: Float32Array;
}

/** Values of a critic; of an algorithm that can do without one they may be absent. */
export type Values<TNeeds extends Needs> = TNeeds extends 'any policy' ? Float32Array | undefined : Float32Array;

/** Rows that a gradient is taken of, judged by the policy as it is. Every array has an entry for each of the part's own rows. */
export interface Batch<TNeeds extends Needs = Needs> {
  /** The number of rows of this part. */
  readonly rows: number;
  /** The number of steps that count in the whole batch: means are taken over it. */
  readonly count: number;
  /** 1 where the step counts, 0 where an environment waited; `[rows]`. */
  readonly valid: Uint8Array;
  /** log π(a|s), `[rows]`. */
  readonly logProbs: Float32Array;
  /** log π(a|s) of the policy that acted, `[rows]`. */
  readonly actedLogProbs: Float32Array;
  /** Entropies H of the policy in nats, `[rows]`. */
  readonly entropies: Float32Array;
  /** V(s), `[rows]`. */
  readonly values: Values<TNeeds>;
  /** V(s) when the action was chosen, `[rows]`. */
  readonly actedValues: Values<TNeeds>;
  /** The derivatives that a loss writes. */
  readonly gradients: Coefficients;
  /** The runner's side of the batch. */
  readonly '~batch': BatchState;
}

/** A batch of any algorithm. */
export type AnyBatch = Pick<Batch, '~batch'>;

/** The runner's side of a batch. */
export interface BatchState {
  /** Whether a gradient has been taken of it. */
  descended: boolean;
  /** Whether the parameters have moved since the network judged it. */
  isStale(): boolean;
  /** Turns the coefficients into gradients of the parameters. */
  backward(): void;
}

/**
 * Steps that were played: `[T, N]`, time-major. It is a batch itself, at no cost, until the first step of the optimiser: the
 * activations of acting are still there.
 */
export interface Rollout<TNeeds extends Needs = Needs> extends Batch<TNeeds> {
  /** N, the number of environments of this part. */
  readonly numEnvs: number;
  /** Rewards, `[T, N]`. */
  readonly rewards: Float32Array;
  /** 1 where the episode ended by the rules, `[T, N]`. */
  readonly terminated: Uint8Array;
  /** 1 where the time limit cut the episode, `[T, N]`. */
  readonly truncated: Uint8Array;
  /** 1 where either ended it, `[T, N]`. */
  readonly done: Uint8Array;
  /** V of the true successor of each step, `[T, N]`; only of an algorithm that needs a critic. */
  readonly nextValues: TNeeds extends 'any policy' ? undefined : Float32Array;
  /** An array `[T, N]` of the algorithm's own, which keeps its place from update to update. */
  column(name: string): Float32Array;
  /**
   * Sets the rollout aside, with columns that belong to it, to go over it again and again in minibatches. From then on `logProbs`
   * and `values` of the rollout are of whatever was judged last; `actedLogProbs` and `actedValues` stay.
   */
  keep<TColumns extends { readonly [K in keyof TColumns]: Float32Array }>(columns: TColumns): Kept<TNeeds, TColumns>;
}

/** A rollout that was set aside. */
export interface Kept<TNeeds extends Needs, TColumns> {
  /**
   * One pass over all of it, in a new random order. Each minibatch is judged by the policy as it is when the loop comes to it.
   *
   * @param options - `standardize`: a column to bring to mean 0 and deviation 1 over each minibatch
   */
  shuffled(options?: { readonly standardize?: keyof TColumns | false }): YieldStar<Iterable<Batch<TNeeds> & TColumns>>;
}

/** Whether the policy has a critic; for algorithms that can do without. */
export function hasCritic<R extends Batch>(batch: R): batch is R & { readonly values: Float32Array; readonly actedValues: Float32Array } {
  return batch.values !== undefined;
}

/** Nothing where there is a critic, and the compiler's sentence where there may be none. */
export type HasCritic<R> = R extends { readonly values: Float32Array } ? unknown : Mistake<"this reads values: say needs: 'a critic' in defineAlgorithm">;
