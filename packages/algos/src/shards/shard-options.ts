import { InvalidOptionsError } from '@pg/core';
import type { AnyEnv } from '../builder/fits.js';

/** No more shards than this by default. */
const MOST = 8;

/** No fewer copies a shard than this by default: smaller batches keep one core less busy. */
const FEWEST_COPIES = 64;

/**
 * S, how many shards the copies of an environment form: what was asked for, or by default the largest power of two up to 8 that
 * divides them into parts of at least 64. Copies that share what they are normalised by form one.
 *
 * @param fits - refuses other numbers for a reason of the algorithm's
 * @throws InvalidOptionsError when the copies do not come out even, or are normalised
 */
export function shardsOf(algorithm: string, asked: number | undefined, env: AnyEnv, fits: (shards: number) => boolean = () => true): number {
  const { numEnvs } = env;
  const normalized = env['~source'].normalization !== undefined;
  if (asked === undefined) {
    let shards = normalized ? 1 : MOST;
    while (shards > 1 && (numEnvs % shards !== 0 || numEnvs / shards < FEWEST_COPIES || !fits(shards))) shards /= 2;
    return shards;
  }
  if (normalized && asked > 1) {
    throw new InvalidOptionsError({
      where: algorithm,
      got: `shards: ${asked} with ${env.id}, whose copies share what they are normalised by`,
      expected: 'one shard',
      remedy: 'Leave "shards" out, or the normalisation.',
    });
  }
  if (numEnvs % asked === 0) return asked;
  throw new InvalidOptionsError({
    where: algorithm,
    got: `shards: ${asked} with ${numEnvs} environments`,
    expected: `a number that divides ${numEnvs}`,
    remedy: 'Every shard has as many copies: change "shards" or numEnvs.',
  });
}
