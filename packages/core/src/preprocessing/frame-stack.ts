import { type Box, boxSize, nearestBounds } from '../spaces/box.js';
import { createElements, type Dtype, type DtypeArray, type Shape } from '../spaces/space.js';
import { requireWhole } from './image.js';
import { requireBox } from './require-box.js';
import type { Stage } from './stage.js';

/** The shape of N observations behind one another along the last axis: [H, W, 1] → [H, W, N]. */
export type StackedShape<S extends Shape, N extends number> = S extends readonly [...infer TRest extends Shape, infer C extends number]
  ? readonly [...TRest, C extends 1 ? N : number]
  : Shape;

/**
 * The last `frames` observations along the last axis, oldest first: images as channels, [H, W, C] → [H, W, frames·C], and rows of
 * numbers one behind the other, [S] → [frames·S].
 *
 * At an episode's start the first observation is repeated, as `FrameStackObservation` of Gymnasium does by default. `VecFrameStack` of
 * Stable-Baselines3 has the same layout and fills with zeros instead: until `frames` observations have been seen, the two differ.
 *
 * @throws InvalidOptionsError when `frames` is not a whole number from 1 to 1024, observations are choices, or there are more than 2^26 numbers in a
 *   stack
 */
export function frameStack<const N extends number>(frames: N): <const S extends Shape, D extends Dtype>(space: Box<S, D>) => Stage<Box<StackedShape<S, N>, D>> {
  requireWhole('frameStack', { name: 'frames', value: frames, from: 1, to: 1024 });
  return <const S extends Shape, D extends Dtype>(space: Box<S, D>) => {
    requireBox('frameStack', space);
    const last = space.shape.at(-1) ?? 1;
    const { low, high } = nearestBounds(space);
    const shape = [...space.shape.slice(0, -1), frames * last];
    boxSize(`frameStack(${frames})`, shape);
    const stacked: Box<StackedShape<S, N>, D> = {
      kind: 'box',
      shape: shape as unknown as StackedShape<S, N>,
      dtype: space.dtype,
      low: repeated(low, last, frames),
      high: repeated(high, last, frames),
    };
    return { name: `frameStack(${frames})`, space: stacked, create: () => stack(stacked, last, frames) };
  };
}

/** Each run of `last` bounds, `frames` times. */
function repeated(bounds: Float32Array, last: number, frames: number): Float32Array {
  const all = new Float32Array(bounds.length * frames);
  for (let i = 0; i < all.length; i++) all[i] = bounds[Math.floor(i / (last * frames)) * last + (i % last)]!;
  return all;
}

function stack(stacked: Box<Shape, Dtype>, last: number, frames: number) {
  const history = createElements(stacked);
  const run = last * frames;
  return {
    apply(input: DtypeArray, output: DtypeArray, first: boolean): void {
      for (let from = 0, at = 0; at < history.length; from += last, at += run) {
        const newest = at + run - last;
        if (first) for (let i = at; i < newest; i++) history[i] = input[from + ((i - at) % last)]!;
        else for (let i = at; i < newest; i++) history[i] = history[i + last]!;
        for (let i = 0; i < last; i++) history[newest + i] = input[from + i]!;
      }
      output.set(history);
    },
    snapshot: () => history.slice(),
    restore: (snapshot: unknown) => history.set(snapshot as DtypeArray),
  };
}
