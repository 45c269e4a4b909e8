import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { type Shape, shapeSize } from './space.js';

/** Arrays of real numbers of one shape, each element between its own bounds (both inclusive, infinite allowed). */
export interface Box<TShape extends Shape = Shape> {
  readonly kind: 'box';
  /** Sizes of the axes; elements are stored flat, row-major. */
  readonly shape: TShape;
  /** Lower bound of each element, flat. */
  readonly low: Float32Array;
  /** Upper bound of each element, flat. */
  readonly high: Float32Array;
}

/**
 * The space of real arrays of a shape.
 *
 * @param options - `shape`, and bounds: one number for all elements or one for each (flat, row-major)
 * @throws InvalidOptionsError when a size is not a positive integer, or the bounds are NaN, crossed, the wrong infinity or of another length
 * @example
 * ```ts
 * const room = box({ shape: [2], low: [-20, -20], high: [50, 50] });
 * ```
 */
export function box<const TShape extends Shape>(options: { shape: TShape; low: number | readonly number[]; high: number | readonly number[] }): Box<TShape> {
  const { shape } = options;
  if (!Array.isArray(shape) || !shape.every((size) => Number.isInteger(size) && size > 0)) {
    throw new InvalidOptionsError({
      where: 'box',
      got: `shape: ${describeValue(shape)}`,
      expected: 'positive whole numbers',
      remedy: 'Give the size of each axis, for example shape: [4].',
    });
  }
  const low = bounds('low', options.low, shape);
  const high = bounds('high', options.high, shape);
  const crossed = low.findIndex((value, i) => value > high[i]! || value === Number.POSITIVE_INFINITY || high[i] === Number.NEGATIVE_INFINITY);
  if (crossed >= 0) {
    throw new InvalidOptionsError({
      where: 'box',
      got: `low ${boundAt(options.low, crossed)} and high ${boundAt(options.high, crossed)} at element ${crossed}`,
      expected: 'low ≤ high with finite numbers between them',
      remedy: 'Swap or widen the bounds.',
    });
  }
  return { kind: 'box', shape, low, high };
}

function bounds(name: string, value: number | readonly number[], shape: Shape): Float32Array {
  const size = shapeSize(shape);
  const list = typeof value === 'number' ? new Array<number>(size).fill(value) : value;
  if (isNumbers(list) && list.length === size) return Float32Array.from(list);
  throw new InvalidOptionsError({
    where: 'box',
    got: `${name}: ${describeValue(value)}`,
    expected: `one number, or ${size} numbers for the shape [${shape.join(', ')}], none of them NaN`,
    remedy: `Give "${name}" once for all elements or once for each.`,
  });
}

/** A plain or typed array of numbers, none NaN or left out; for JavaScript callers, whose strings would also convert. */
function isNumbers(list: unknown): list is readonly number[] {
  if (!Array.isArray(list) && !(ArrayBuffer.isView(list) && !(list instanceof DataView))) return false;
  return Array.from(list as ArrayLike<unknown>).every((bound) => typeof bound === 'number' && !Number.isNaN(bound));
}

function boundAt(value: number | readonly number[], i: number): number {
  return typeof value === 'number' ? value : value[i]!;
}
