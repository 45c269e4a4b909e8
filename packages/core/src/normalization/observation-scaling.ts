/** How observations are brought to a common scale: plain numbers that no longer change, as a policy keeps them. */
export interface ObservationScaling {
  /** `[size]`: subtracted from each element. */
  readonly mean: Float64Array;
  /** `[size]`: what each element is divided by; greater than 0. */
  readonly deviation: Float64Array;
  /** Results are clipped to ± this; infinite for no clipping. */
  readonly clip: number;
}

/**
 * Scales observations in place: clip((obs − mean)/deviation, ±clip). Hot: no allocation.
 *
 * @param obs - observations one after the other, from `from` up to `to`, whole ones
 */
export function scaleObservations(obs: Float32Array, { mean, deviation, clip }: ObservationScaling, from = 0, to = obs.length): void {
  const size = mean.length;
  for (let i = from, element = 0; i < to; i++, element = element + 1 === size ? 0 : element + 1) {
    const scaled = (obs[i]! - mean[element]!) / deviation[element]!;
    obs[i] = Math.min(clip, Math.max(-clip, scaled));
  }
}
