import { requireArgument } from '@pg/core';
import type { Point } from './point.js';

/** Refuses what is no pair of numbers; NaN and infinity are told by whoever draws. */
export function requirePoint(where: string, name: string, value: Point): void {
  const fits = Array.isArray(value) && value.length === 2 && value.every((number) => typeof number === 'number');
  requireArgument(fits, where, { name, value, expected: 'a point [x, y]' });
}
