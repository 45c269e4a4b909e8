import type { Space } from '@pg/core';

/** How observations are normalised. */
export interface ObservationNormalizing {
  /** Results are clipped to ± this. */
  readonly clip: number;
  /** Added to variances, against divisions by zero. */
  readonly epsilon: number;
}

/** How rewards are normalised. */
export interface RewardNormalizing extends ObservationNormalizing {
  /** The discount of the returns whose standard deviation rewards are divided by. */
  readonly gamma: number;
}

/**
 * Normalisation by what all copies of an environment have given so far, as a value. It works on the batch of all copies, in the
 * thread that steps them and behind everything that each copy does by itself, so it comes last in a pipe.
 */
export interface NormalizationLayer<TObs extends Space = Space> {
  /** What it is called, for ids and error messages. */
  readonly name: string;
  /** Where observations lie behind it. */
  readonly space: TObs;
  /** How it normalises observations, if it does. */
  readonly observations?: ObservationNormalizing;
  /** How it normalises rewards, if it does. */
  readonly rewards?: RewardNormalizing;
}
