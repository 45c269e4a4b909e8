import { requireArgument, requireIndex, requireTypedArray } from '../options/require-argument.js';
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
export function scaleObservations(obs: Float32Array, scaling: ObservationScaling, from = 0, to = obs?.length): void {
  requireTypedArray('scaleObservations', 'obs', obs);
  const { mean, deviation, clip } = requireScaling(scaling);
  requireIndex('scaleObservations', { name: 'from', value: from, to: obs.length });
  requireIndex('scaleObservations', { name: 'to', value: to, to: obs.length });
  const size = mean.length;
  for (let i = from, element = 0; i < to; i++, element = element + 1 === size ? 0 : element + 1) {
    const scaled = (obs[i]! - mean[element]!) / deviation[element]!;
    obs[i] = Math.min(clip, Math.max(-clip, scaled));
  }
}

function requireScaling(scaling: ObservationScaling): ObservationScaling {
  const { mean, deviation, clip } = scaling ?? {};
  const fits = ArrayBuffer.isView(mean) && ArrayBuffer.isView(deviation) && mean.length === deviation.length && clip > 0;
  if (!fits) requireArgument(false, 'scaleObservations', { name: 'scaling', value: scaling, expected: '{ mean, deviation, clip }, of arrays of one length' });
  return scaling;
}
