import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { Update } from '../learner/learner.js';

const thresholdSchema = z.strictObject({ threshold: z.number() });
const schema = z.strictObject({ episodes: z._default(z.int().check(z.gte(1)), 100) });

/**
 * A condition for `train({ until })`: the mean return of the last 100 episodes has reached a threshold.
 *
 * @param threshold - for example an environment's `rewardThreshold`
 * @param options - `episodes`: how many must have finished before it is asked; 100 by default
 * @throws InvalidOptionsError when the threshold is no number, or an option unknown or wrong
 * @example
 * ```ts
 * for await (const update of learner.train({ steps: 300_000, until: reachesReturn(475) })) console.log(update.meanReturn);
 * ```
 */
export function reachesReturn(threshold: number, options: { readonly episodes?: number } = {}): (update: Pick<Update, 'episodes' | 'meanReturn'>) => boolean {
  parseOptions('reachesReturn', thresholdSchema, { threshold });
  const { episodes } = parseOptions('reachesReturn', schema, options);
  return (update) => update.episodes >= episodes && update.meanReturn >= threshold;
}
