import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { type Box, boxSize, nearestBounds } from '../spaces/box.js';
import { requireSpace } from '../spaces/require-space.js';
import { type Dtype, describeSpace, type Shape, type Space } from '../spaces/space.js';

/** Refuses observations that are no image [height, width, channels]; for JavaScript callers, whom the types do not stop. */
export function requireImage(where: string, space: Space, channels?: number): void {
  requireSpace(where, space);
  const fits = space.kind === 'box' && space.shape.length === 3 && (channels === undefined || space.shape[2] === channels);
  if (fits) return;
  const expected = `an image, Box<[height, width, ${channels ?? 'channels'}]>`;
  throw new InvalidOptionsError({
    where,
    got: `observations of ${describeSpace(space)}`,
    expected,
    remedy: 'Put this stage behind one that gives such images.',
  });
}

/** Refuses an option that is not a whole number in [from, to]. */
export function requireWhole(where: string, option: { name: string; value: number; from: number; to: number }): void {
  const { name, value, from, to } = option;
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new InvalidOptionsError({
    where,
    got: `${name}: ${describeValue(value)}`,
    expected: `a whole number from ${from} to ${to}`,
    remedy: `Change "${name}".`,
  });
}

/** A box of another shape and the same type between the smallest lower and the largest upper bound of the one it is made from. */
export function boxLike<const TShape extends Shape, TDtype extends Dtype>(source: Box<Shape, TDtype>, shape: TShape): Box<TShape, TDtype> {
  const size = boxSize('box', shape);
  const bounds = nearestBounds(source);
  const low = bounds.low.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = bounds.high.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const all = (bound: number) => new Float32Array(size).fill(bound);
  return { kind: 'box', shape, dtype: source.dtype, low: all(low), high: all(high) };
}

/** Refuses what is no pair of sizes; for JavaScript callers. */
export function requireSizes(where: string, size: unknown): void {
  if (Array.isArray(size) && size.length === 2) return;
  throw new InvalidOptionsError({ where, got: describeValue(size), expected: '[height, width]', remedy: `Write ${where}([84, 84]).` });
}
