import type { Space } from '@pg/core';

/** Turns actions that a policy drew into ones that environments take: [N, size] clipped to a box; choices stay as they are. */
export function actionClipper(space: Space, numEnvs: number): (actions: Int32Array | Float32Array) => Int32Array | Float32Array {
  if (space.kind === 'discrete') return (actions) => actions;
  const { low, high } = space;
  const size = low.length;
  const clipped = new Float32Array(numEnvs * size);
  return (actions) => {
    for (let i = 0; i < clipped.length; i++) clipped[i] = Math.min(high[i % size]!, Math.max(low[i % size]!, actions[i]!));
    return clipped;
  };
}
