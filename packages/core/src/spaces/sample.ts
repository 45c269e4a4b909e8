import { InvalidShapeError } from '../errors/kinds.js';
import { requireArgument } from '../options/require-argument.js';
import type { Rng } from '../rng/rng.js';
import { requireSpace } from './require-space.js';
import { createElements, type Element, type Space } from './space.js';

/**
 * Draws one element of a space.
 *
 * `Discrete`: every value alike. `Box`, each element by its bounds as Gymnasium does: both finite, uniform; one finite,
 * exponential away from it with mean 1; none, standard normal; bytes, every value between the bounds alike.
 *
 * @param mask - of a `Discrete` space: one entry for each value, 1 where it may be drawn; all may be by default. What
 *   `env.actionMask` gives
 * @throws InvalidShapeError when the mask is of another length, or lets nothing be drawn
 */
export function sample<TSpace extends Space>(space: TSpace, rng: Rng, mask?: Uint8Array): Element<TSpace> {
  requireSpace('sample', space);
  if (typeof rng?.uniform !== 'function') requireArgument(false, 'sample', { name: 'rng', value: rng, expected: 'an Rng' });
  if (space.kind === 'discrete') return (mask === undefined ? rng.integer(space.size) : sampleAllowed(space.size, rng, mask)) as Element<TSpace>;
  const values = createElements(space);
  if (space.dtype === 'uint8') {
    for (let i = 0; i < values.length; i++) values[i] = space.low[i]! + rng.integer(space.high[i]! - space.low[i]! + 1);
    return values as Element<TSpace>;
  }
  for (let i = 0; i < values.length; i++) values[i] = sampleInterval(space.low[i]!, space.high[i]!, rng);
  return values as Element<TSpace>;
}

function sampleAllowed(size: number, rng: Rng, mask: Uint8Array): number {
  if (!ArrayBuffer.isView(mask)) requireArgument(false, 'sample', { name: 'mask', value: mask, expected: 'a Uint8Array' });
  let count = 0;
  for (let i = 0; i < size; i++) if (mask[i]) count += 1;
  if (mask.length !== size || count === 0) {
    throw new InvalidShapeError({
      where: 'sample',
      got: mask.length === size ? 'a mask of zeros' : `a mask of ${mask.length} entries`,
      expected: `${size} entries, at least one of them 1`,
      remedy: 'Pass the mask of this space.',
    });
  }
  let left = rng.integer(count);
  let choice = mask.findIndex((entry) => entry > 0);
  for (; left > 0; choice += 1) if (mask[choice + 1]) left -= 1;
  return choice;
}

function sampleInterval(low: number, high: number, rng: Rng): number {
  if (Number.isFinite(low) && Number.isFinite(high)) return Math.min(high, Math.max(low, Math.fround(rng.uniform(low, high))));
  if (Number.isFinite(low)) return low + rng.exponential();
  if (Number.isFinite(high)) return high - rng.exponential();
  return rng.normal();
}
