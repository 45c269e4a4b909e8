/** A softmax over classes. */
export interface CategoricalSpec {
  readonly kind: 'categorical';
  /** The head with the logits [rows, classes]. */
  readonly head: string;
  /** Whether `masks` say for each row which classes are allowed; false by default. */
  readonly masked?: boolean;
}

/** Independent bits, each 1 with the probability 1/(1 + e^−logit). */
export interface BernoulliSpec {
  readonly kind: 'bernoulli';
  /** The head with the logits [rows, bits]. */
  readonly head: string;
}

/** Independent normal numbers, their log σ a vector or a head of the network. */
export type DiagonalGaussianSpec = GaussianOptions &
  (
    | {
        /** The vector with log σ [size], the same in all rows. */
        readonly logStd: string;
        readonly logStdHead?: undefined;
      }
    | {
        /** The head with log σ [rows, size]. */
        readonly logStdHead: string;
        readonly logStd?: undefined;
      }
  );

/**
 * What log σ is clamped to where a Gaussian says nothing else. Below, σ is finer than what float32 tells apart around a mean of 1, and
 * densities end as NaN; above, actions overflow.
 */
export const defaultLogStdRange = { low: -20, high: 20 } as const;

/** What Gaussians have in common. */
export interface GaussianOptions {
  readonly kind: 'diagonalGaussian';
  /** The head with the means [rows, size]. */
  readonly head: string;
  /** log σ is clamped to this, within ±40; outside it gets no gradient. {@link defaultLogStdRange} by default. */
  readonly logStdRange?: { readonly low: number; readonly high: number };
  /**
   * Bounds [size] that actions are squashed into: a = low + (tanh u + 1)/2·(high − low) of u ~ N(μ, σ²), a "tanh-Gaussian" (Haarnoja
   * et al. 2018, appendix C). Unbounded by default.
   */
  readonly squash?: { readonly low: readonly number[]; readonly high: readonly number[] };
}

/** Which outputs of a network parametrise a probability distribution, and of which kind. */
export type DistributionSpec = CategoricalSpec | BernoulliSpec | DiagonalGaussianSpec;
