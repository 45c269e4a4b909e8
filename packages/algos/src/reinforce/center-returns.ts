import type { BatchMoments } from '../training/batch-moments.js';
import { standardizeBy, standardizeValid, validMoments } from '../training/standardize-valid.js';
import type { ReinforceOptions } from './options.js';

/** Which steps the returns are of. */
export interface ReturnRows {
  /** `[T, N]`: 1 where the step counts. */
  readonly valid: Uint8Array;
  /** `[T, N]`: 1 where an episode ended. */
  readonly done: Uint8Array;
  /** N. */
  readonly numEnvs: number;
}

/**
 * Turns returns into advantages, in place: minus their mean (baseline), or over their standard deviation as well (standardisation), of
 * all steps or of each episode. Steps that do not count are left out and set to 0.
 *
 * @param returns - [T, N]
 * @param options - `whole`: the moments of all steps, where these rows are a part of them
 */
export function centerReturns(
  returns: Float32Array,
  rows: ReturnRows,
  { standardize, baseline, whole }: Pick<ReinforceOptions, 'baseline' | 'standardize'> & { readonly whole?: BatchMoments },
): void {
  const moments = whole ?? validMoments(returns, rows.valid);
  if (standardize === 'batch') standardizeBy(moments, returns, rows.valid);
  else if (standardize === 'episode') standardizeEpisodes(returns, rows);
  else subtract(returns, rows.valid, baseline === 'mean-return' ? moments.mean : 0);
}

function subtract(returns: Float32Array, valid: Uint8Array, shift: number): void {
  for (let i = 0; i < returns.length; i++) returns[i] = valid[i]! * (returns[i]! - shift);
}

/** Each episode on its own; one that goes on behind the last step, or came from before the first, as far as it lies between. */
function standardizeEpisodes(returns: Float32Array, { valid, done, numEnvs }: ReturnRows): void {
  for (let n = 0; n < numEnvs; n++) {
    let from = n;
    for (let i = n; i < returns.length; i += numEnvs) {
      const next = i + numEnvs;
      const ends = done[i] || next >= returns.length || valid[next] !== valid[i];
      if (!ends) continue;
      if (valid[i]) standardizeValid(returns, valid, { from, to: next, stride: numEnvs });
      else for (let k = from; k < next; k += numEnvs) returns[k] = 0;
      from = next;
    }
  }
}
