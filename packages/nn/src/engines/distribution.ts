import type { Rng } from '@pg/core';

/** Where a distribution draws its random numbers: an `Rng`, or anything else with these two of its methods. */
export type RandomSource = Pick<Rng, 'fillUniform' | 'normal'>;

/** Drawing and judging actions, row by row; each row's parameters are the network's outputs in that row. */
export interface Distribution {
  /** `[rows]` class indices (categorical), `[rows, bits]` of 0 and 1 (Bernoulli) or `[rows, size]` numbers (Gaussian). */
  readonly actions: Int32Array | Float32Array;
  /** `[rows]`: log π(a|s), written by `sample` and `evaluate`. */
  readonly logProbs: Float32Array;
  /**
   * `[rows]`: the entropy H, written by `sample` and `evaluate`. A squashed Gaussian's has no closed form: what stands here is
   * H(N(μ, σ²)) + Σ(log ½(high − low) + log(1 − tanh² u)) at the row's own u, whose mean over draws is H. The gradient for it is the
   * reparametrised one, with u = μ + σ·noise: ∂u/∂μ = 1 and ∂u/∂log σ = u − μ.
   */
  readonly entropies: Float32Array;
  /**
   * `[rows, classes]`: 1 where a class is allowed, all of them at first; yours to write before `sample`, `mode` and `evaluate`, and
   * to leave until `backward`. A masked class has the probability 0: it is never drawn, never the mode, and has no part in the
   * entropy and no gradient. Empty unless the distribution is categorical and `masked`.
   */
  readonly masks: Uint8Array;
  /**
   * `[rows, size]`: the numbers u that were squashed into `actions`. `sample` and `mode` write them, `evaluate` and the backward pass
   * read them in place of the actions, so that nothing is lost at the bounds. Empty unless actions are squashed.
   */
  readonly latents: Float32Array;
  /**
   * Draws the actions of `count` rows from row `first` on.
   *
   * @throws InvalidActionError naming the first row whose masks allow no class, before anything is drawn; as do `mode` and `evaluate`
   */
  sample(first: number, count: number, rng: RandomSource): void;
  /** Puts the most probable actions; of squashed ones the squashed means. */
  mode(first: number, count: number): void;
  /** Judges the actions that are there. */
  evaluate(first: number, count: number): void;
}
