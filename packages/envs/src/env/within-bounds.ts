import { allocate, type Space } from '@pg/core';

/** Gives actions within the bounds of their space, in an array that the next call overwrites. Hot: no allocation. */
export type WithinBounds = (actions: ArrayLike<number>) => Float32Array;

/**
 * What brings actions [count, size] within bounds that float32 does not represent: an action of 0.1 is accepted for the bound 0.1, and the
 * environment gets the largest float32 that is not above it. Undefined where bounds are float32 numbers, and for choices.
 */
export function withinBounds(space: Space, count: number): WithinBounds | undefined {
  if (space.kind === 'discrete' || space['~nearest'] === undefined) return undefined;
  const { low, high } = space;
  const size = low.length;
  const within = allocate(Float32Array, count * size, `the actions of ${count} copies`);
  return (actions) => {
    for (let i = 0; i < within.length; i++) within[i] = Math.min(high[i % size]!, Math.max(low[i % size]!, actions[i]!));
    return within;
  };
}
