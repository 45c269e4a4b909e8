import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { checkKeys } from '../options/check-keys.js';
import { arrayName } from '../realms/array-name.js';
import { roundBounds } from './bounds.js';
import { requireSpace } from './require-space.js';
import { type Dtype, type Shape, shapeSize } from './space.js';

/** Arrays of numbers of one shape, each element between its own bounds (both inclusive, infinite allowed). */
export interface Box<TShape extends Shape = Shape, TDtype extends Dtype = 'float32'> {
  readonly kind: 'box';
  /** Sizes of the axes; elements are stored flat, row-major. */
  readonly shape: TShape;
  /** What the numbers are stored as: `float32`, or `uint8` for the bytes of pictures. */
  readonly dtype: TDtype;
  /** Lower bound of each element, flat: the smallest float32 that is not below the bound that was given. */
  readonly low: Float32Array;
  /** Upper bound of each element, flat: the largest float32 that is not above the bound that was given. */
  readonly high: Float32Array;
  /**
   * The bounds rounded to the nearest float32, where these differ: `contains` compares with them, so that an observation of 0.1, which
   * float32 keeps as a little more, lies within 0.1.
   */
  readonly '~nearest'?: { readonly low: Float32Array; readonly high: Float32Array };
}

/** The most numbers of one element: more would fill a computer's memory before anything is learned. */
const MOST_NUMBERS = 2 ** 26;

/**
 * The space of arrays of a shape.
 *
 * Bounds are rounded inwards to float32: of actions between ±0.1 none is larger than 0.1, although the float32 nearest to 0.1 is.
 *
 * @param options - `shape`; bounds: one number for all elements or one for each (flat, row-major); `dtype`: `float32` by
 *   default, or `uint8` for whole numbers from 0 to 255
 * @throws InvalidOptionsError when an option is unknown, a size is not a positive integer, there are more than 2^26 numbers, or the bounds are NaN, crossed,
 *   the wrong infinity or of another length, or do not fit the type: 1e39 and 1e-46 are no float32
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
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw new InvalidOptionsError({
      where: 'box',
      got: `shape: ${describeValue(shape)}`,
      expected: 'positive whole numbers',
      remedy: 'Give the size of each axis, for example shape: [4].',
    });
  }
  const size = boxSize('box', shape);
  requireBounds('low', options.low, { shape, size });
  requireBounds('high', options.high, { shape, size });
  const { low, high, nearest } = roundBounds(options, size);
  if (dtype === 'uint8') requireBytes(low, high);
  return { kind: 'box', shape, dtype, low, high, ...(nearest && { '~nearest': nearest }) };
}

/** The bounds that observations are held against: those of the author, rounded to the nearest float32. */
export function nearestBounds(space: Box<Shape, Dtype>): { readonly low: Float32Array; readonly high: Float32Array } {
  requireSpace('nearestBounds', space);
  return space['~nearest'] ?? space;
}

/**
 * How many numbers a box of a shape has.
 *
 * @throws InvalidOptionsError when they are so many that not even the bounds could be kept
 */
export function boxSize(where: string, shape: Shape): number {
  const size = shapeSize(shape);
  if (size <= MOST_NUMBERS) return size;
  throw new InvalidOptionsError({
    where,
    got: `the shape ${describeValue(shape)}, which is ${size} numbers`,
    expected: `at most ${MOST_NUMBERS} numbers (2^26)`,
    remedy: 'Give the size of each axis, not a bound; shrink pictures with resize() or crop().',
  });
}

function requireBytes(low: Float32Array, high: Float32Array): void {
  const isByte = (bound: number) => Number.isInteger(bound) && bound >= 0 && bound <= 255;
  const outside = low.find((bound) => !isByte(bound)) ?? high.find((bound) => !isByte(bound));
  if (outside === undefined) return;
  throw new InvalidOptionsError({
    where: 'box',
    got: `the bound ${outside} of a uint8 space`,
    expected: 'whole numbers from 0 to 255',
    remedy: 'Change the bounds, or the dtype to "float32".',
  });
}

function requireBounds(name: string, value: unknown, { shape, size }: { readonly shape: Shape; readonly size: number }): void {
  if (typeof value === 'number' ? !Number.isNaN(value) : isNumbers(value) && value.length === size) return;
  throw new InvalidOptionsError({
    where: 'box',
    got: `${name}: ${describeValue(value)}`,
    expected: `one number, or ${size} numbers for the shape [${shape.join(', ')}], none of them NaN`,
    remedy: `Give "${name}" once for all elements or once for each.`,
  });
}

/** A plain or typed array of numbers, none NaN or left out; for JavaScript callers, whose strings would also convert. */
function isNumbers(list: unknown): list is readonly number[] {
  if (!Array.isArray(list) && arrayName(list) === undefined) return false;
  const numbers = list as ArrayLike<unknown>;
  for (let i = 0; i < numbers.length; i++) if (typeof numbers[i] !== 'number' || Number.isNaN(numbers[i])) return false;
  return true;
}
