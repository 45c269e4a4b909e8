import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { checkKeys } from '../options/check-keys.js';
import { type Dtype, type Shape, shapeSize } from './space.js';

/** Arrays of numbers of one shape, each element between its own bounds (both inclusive, infinite allowed). */
export interface Box<TShape extends Shape = Shape, TDtype extends Dtype = 'float32'> {
  readonly kind: 'box';
  /** Sizes of the axes; elements are stored flat, row-major. */
  readonly shape: TShape;
  /** What the numbers are stored as: `float32`, or `uint8` for the bytes of pictures. */
  readonly dtype: TDtype;
  /** Lower bound of each element, flat. */
  readonly low: Float32Array;
  /** Upper bound of each element, flat. */
  readonly high: Float32Array;
}

/**
 * The space of arrays of a shape.
 *
 * @param options - `shape`; bounds: one number for all elements or one for each (flat, row-major); `dtype`: `float32` by
 *   default, or `uint8` for whole numbers from 0 to 255
 * @throws InvalidOptionsError when an option is unknown, a size is not a positive integer, or the bounds are NaN, crossed, the wrong infinity or of
 *   another length, or do not fit the type
 * @example
 * ```ts
 * const room = box({ shape: [2], low: [-20, -20], high: [50, 50] });
 * ```
 */
export function box<const TShape extends Shape, const TDtype extends Dtype = 'float32'>(options: {
  readonly shape: TShape;
  readonly low: number | readonly number[];
  readonly high: number | readonly number[];
  readonly dtype?: TDtype;
}): Box<TShape, TDtype> {
  checkKeys('box', options, ['shape', 'low', 'high', 'dtype']);
  const { shape, dtype = 'float32' as TDtype } = options;
  if (dtype !== 'float32' && dtype !== 'uint8') {
    throw new InvalidOptionsError({ where: 'box', got: `dtype: ${describeValue(dtype)}`, expected: '"float32" or "uint8"', remedy: 'Change "dtype".' });
  }
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
  if (dtype === 'uint8') requireBytes(low, high);
  return { kind: 'box', shape, dtype, low, high };
}

function requireBytes(low: Float32Array, high: Float32Array): void {
  const outside = [...low, ...high].find((bound) => !(Number.isInteger(bound) && bound >= 0 && bound <= 255));
  if (outside === undefined) return;
  throw new InvalidOptionsError({
    where: 'box',
    got: `the bound ${outside} of a uint8 space`,
    expected: 'whole numbers from 0 to 255',
    remedy: 'Change the bounds, or the dtype to "float32".',
  });
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
