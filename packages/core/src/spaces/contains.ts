import { arrayName } from '../realms/array-name.js';
import { nearestBounds } from './box.js';
import { requireSpace } from './require-space.js';
import type { Space } from './space.js';
import { shapeSize } from './space.js';

/**
 * Whether a value is an element of a space: for `Discrete` a whole number below its size, for `Box` an array-like of the
 * right length with every number between its bounds (compared in float32, so 0.1 and the float32 nearest to it lie within 0.1; NaN is never
 * inside), and whole for bytes.
 */
export function contains(space: Space, value: unknown): boolean {
  requireSpace('contains', space);
  if (space.kind === 'discrete') return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < space.size;
  if (!Array.isArray(value) && arrayName(value) === undefined) return false;
  const numbers = value as ArrayLike<unknown>;
  if (numbers.length !== shapeSize(space.shape)) return false;
  const whole = space.dtype === 'uint8';
  const { low, high } = nearestBounds(space);
  for (let i = 0; i < numbers.length; i++) {
    const x = numbers[i];
    if (typeof x !== 'number' || (whole && !Number.isInteger(x)) || !(Math.fround(x) >= low[i]! && Math.fround(x) <= high[i]!)) return false;
  }
  return true;
}
