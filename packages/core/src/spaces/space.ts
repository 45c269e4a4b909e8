import type { Box } from './box.js';
import type { Discrete } from './discrete.js';

/** The sizes of an array's axes, outermost first. */
export type Shape = readonly number[];

/** A set of possible observations or actions. */
export type Space = Box | Discrete;

/** What one element of a space looks like in code: a number for `Discrete`, a flat `Float32Array` for `Box`. */
export type Element<TSpace extends Space> = TSpace extends Discrete ? number : Float32Array;

/** How many numbers hold one element: 1 for `Discrete`, the product of the shape for `Box`. */
export function elementSize(space: Space): number {
  return space.kind === 'discrete' ? 1 : shapeSize(space.shape);
}

/** The product of a shape's sizes; 1 for the empty shape. */
export function shapeSize(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** A space in words, as error messages show it: `Discrete<2>`, `Box<[210, 160, 3]>`. */
export function describeSpace(space: Space): string {
  return space.kind === 'discrete' ? `Discrete<${space.size}>` : `Box<[${space.shape.join(', ')}]>`;
}
