import { requireArgument, requireIndex, requireNumber } from '../options/require-argument.js';
import { allocate } from '../runtime/allocate.js';
import type { Box } from './box.js';
import type { Discrete } from './discrete.js';
import { requireSpace } from './require-space.js';

/** The sizes of an array's axes, outermost first. */
export type Shape = readonly number[];

/** A set of possible observations or actions. */
export type Space = Box<Shape, Dtype> | Discrete;

/** What the numbers of a `Box` are stored as. */
export type Dtype = 'float32' | 'uint8';

/** The arrays that hold numbers of a type. */
export type DtypeArray<TDtype extends Dtype = Dtype> = TDtype extends 'uint8' ? Uint8Array : Float32Array;

/** What one element of a space looks like in code: a number for `Discrete`, a flat typed array for `Box`. */
export type Element<TSpace extends Space> = TSpace extends Discrete ? number : Elements<TSpace>;

/** What holds many elements of a space, one after the other: the typed array of a `Box`, a `Float32Array` for `Discrete`. */
export type Elements<TSpace extends Space> = TSpace extends Box<Shape, infer TDtype> ? DtypeArray<TDtype> : Float32Array;

/**
 * A zeroed array for `count` elements of a space.
 *
 * @throws UnavailableError when there is no memory for so many
 */
export function createElements<TSpace extends Space>(space: TSpace, count = 1): Elements<TSpace> {
  requireSpace('createElements', space);
  requireIndex('createElements', { name: 'count', value: count });
  const size = elementSize(space) * count;
  const bytes = space.kind === 'box' && space.dtype === 'uint8';
  return allocate<Uint8Array | Float32Array>(bytes ? Uint8Array : Float32Array, size, `${count} elements of ${describeSpace(space)}`) as Elements<TSpace>;
}

/** How many numbers hold one element: 1 for `Discrete`, the product of the shape for `Box`. */
export function elementSize(space: Space): number {
  requireSpace('elementSize', space);
  return space.kind === 'discrete' ? 1 : shapeSize(space.shape);
}

/** The product of a shape's sizes; 1 for the empty shape. */
export function shapeSize(shape: Shape): number {
  if (!Array.isArray(shape)) requireArgument(false, 'shapeSize', { name: 'shape', value: shape, expected: 'a list of sizes' });
  let size = 1;
  for (const length of shape) {
    requireNumber('shapeSize', 'shape', length);
    size *= length;
  }
  return size;
}

/** A space in words, as error messages show it: `Discrete<2>`, `Box<[5]>`, `Box<[210, 160, 3], uint8>`. */
export function describeSpace(space: Space): string {
  requireSpace('describeSpace', space);
  if (space.kind === 'discrete') return `Discrete<${space.size}>`;
  return `Box<[${space.shape.join(', ')}]${space.dtype === 'uint8' ? ', uint8' : ''}>`;
}
