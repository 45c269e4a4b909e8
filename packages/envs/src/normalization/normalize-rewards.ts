import { parseOptions, requireSpace, type Space } from '@pg/core';
import * as z from 'zod/mini';
import type { NormalizationLayer } from './normalization-layer.js';
import { normalizingOptions } from './normalizing-options.js';

/** What {@link normalizeRewards} can be told. */
export interface NormalizeRewardsOptions {
  /** The discount of the returns, best that of the algorithm; 0.99 by default. */
  readonly gamma?: number;
  /** Results are clipped to ± this; 10 by default. */
  readonly clip?: number;
  /** Added to the variance, against divisions by zero; 1e−8 by default. */
  readonly epsilon?: number;
}

const schema = z.strictObject({ ...normalizingOptions, gamma: z._default(z.number().check(z.gte(0), z.lte(1)), 0.99) });

/**
 * Rewards divided by the standard deviation of the discounted return: clip(r/√(σ² + ε), ±clip), as VecNormalize of
 * Stable-Baselines3 (Engstrom et al. 2020). The return runs in each copy, R ← γR + r, and starts anew with an episode; σ² is its
 * variance over all steps of all copies so far. Means are not subtracted: that would change what is optimal.
 *
 * The running environment's `normalization` saves, loads and freezes what was learned, and keeps the rewards of the last step
 * as they were. It comes last in a pipe.
 *
 * @throws InvalidOptionsError when an option is wrong
 */
export function normalizeRewards(options: NormalizeRewardsOptions = {}): <TObs extends Space>(space: TObs) => NormalizationLayer<TObs> {
  const { gamma, clip, epsilon } = parseOptions('normalizeRewards', schema, options);
  return (space) => {
    requireSpace('normalizeRewards', space);
    return { name: 'normalizeRewards', space, rewards: { gamma, clip, epsilon } };
  };
}
