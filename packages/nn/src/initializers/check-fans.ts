import { type Rng, requireArgument } from '@pg/core';

/** Refuses to make starting values of what is no shape, or without a stream of random numbers; for JavaScript callers. */
export function checkFans(where: string, shape: readonly [fanIn: number, fanOut: number], rng: Rng): void {
  const fits = Array.isArray(shape) && shape.length === 2 && shape.every((fan) => Number.isSafeInteger(fan) && fan > 0);
  requireArgument(fits, where, { name: 'shape', value: shape, expected: '[fanIn, fanOut], positive whole numbers' });
  requireArgument(typeof rng?.normal === 'function', where, { name: 'rng', value: rng, expected: 'an Rng' });
}
