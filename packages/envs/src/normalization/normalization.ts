import type { ObservationScaling, RunningMomentsState } from '@pg/core';

/** What a running normalisation has learned: plain JSON, to be kept with the policy that has learned from it. */
export interface NormalizationState {
  /** The moments of each element of the observations, where they are normalised. */
  readonly observations?: RunningMomentsState;
  /** The moments of the discounted returns, where rewards are normalised. */
  readonly rewards?: RunningMomentsState;
}

/** What normalises the observations and rewards of a running environment, all copies alike. */
export interface Normalization {
  /** While true it goes on normalising and learns nothing, as evaluation has to. Set it at will. */
  frozen: boolean;
  /** `[N]`: the rewards of the last step as the environment gave them. The array stays the same. */
  readonly rawRewards: Float32Array;
  /** What observations are scaled by at present, as numbers that no longer change; undefined where they are not normalised. */
  observationScaling(): ObservationScaling | undefined;
  /** What it has learned so far. */
  state(): NormalizationState;
  /**
   * Goes on from what another one has learned. Parts that this environment does not normalise are ignored, so an environment
   * without `normalizeRewards` can take what one with it has learned.
   *
   * @throws InvalidOptionsError when a part is missing that this environment normalises
   * @throws InvalidShapeError when it is of observations of another size
   */
  restore(state: NormalizationState): void;
}
