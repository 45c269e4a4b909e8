import type { Discrete, Space } from '@pg/core';

/** Many actions, one after the other: whole numbers for choices, numbers for boxes. What `envs.step` takes. */
export type BatchActions<TAct extends Space> = TAct extends Discrete ? Int32Array : Float32Array;

/** The first action of a buffer as users see it, clipped to the space. */
export function toElement(space: Space, actions: Int32Array | Float32Array): number | Float32Array {
  if (space.kind === 'discrete') return actions[0]!;
  return Float32Array.from(space.low, (low, i) => Math.min(space.high[i]!, Math.max(low, actions[i]!)));
}

/** Copies the first `count` actions of a buffer to where users see them, from action `first` on, clipped to the space. */
export function copyActions(space: Space, actions: Int32Array | Float32Array, { into, first, count }: ActionRows): void {
  if (space.kind === 'discrete') {
    into.set(actions.subarray(0, count), first);
    return;
  }
  const { low, high } = space;
  const size = low.length;
  for (let i = 0; i < count * size; i++) into[first * size + i] = Math.min(high[i % size]!, Math.max(low[i % size]!, actions[i]!));
}

/** Where actions go. */
interface ActionRows {
  readonly into: Int32Array | Float32Array;
  readonly first: number;
  readonly count: number;
}

/** Room for actions. */
export function createActions(space: Space, count: number): Int32Array | Float32Array {
  return space.kind === 'discrete' ? new Int32Array(count) : new Float32Array(count * space.low.length);
}
