import type { Rng } from '../rng/rng.js';
import { createElements, type Element, type Space } from './space.js';

/**
 * Draws one element of a space.
 *
 * `Discrete`: every value alike. `Box`, each element by its bounds as Gymnasium does: both finite, uniform; one finite,
 * exponential away from it with mean 1; none, standard normal; bytes, every value between the bounds alike.
 */
export function sample<TSpace extends Space>(space: TSpace, rng: Rng): Element<TSpace> {
  if (space.kind === 'discrete') return rng.integer(space.size) as Element<TSpace>;
  const values = createElements(space);
  if (space.dtype === 'uint8') {
    for (let i = 0; i < values.length; i++) values[i] = space.low[i]! + rng.integer(space.high[i]! - space.low[i]! + 1);
    return values as Element<TSpace>;
  }
  for (let i = 0; i < values.length; i++) values[i] = sampleInterval(space.low[i]!, space.high[i]!, rng);
  return values as Element<TSpace>;
}

function sampleInterval(low: number, high: number, rng: Rng): number {
  if (Number.isFinite(low) && Number.isFinite(high)) return Math.min(high, Math.max(low, Math.fround(rng.uniform(low, high))));
  if (Number.isFinite(low)) return low + rng.exponential();
  if (Number.isFinite(high)) return high - rng.exponential();
  return rng.normal();
}
