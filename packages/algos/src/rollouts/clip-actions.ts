import { NonFiniteError, type Space } from '@pg/core';

/**
 * Turns actions that a policy drew into ones that environments take: [N, size] clipped to a box; choices stay as they are.
 * The function that comes back throws NonFiniteError for a NaN or infinite action: the policy has diverged.
 */
export function actionClipper(space: Space, numEnvs: number): (actions: Int32Array | Float32Array) => Int32Array | Float32Array {
  if (space.kind === 'discrete') return (actions) => actions;
  const { low, high } = space;
  const size = low.length;
  const clipped = new Float32Array(numEnvs * size);
  return (actions) => {
    for (let i = 0; i < clipped.length; i++) {
      const action = actions[i]!;
      if (!Number.isFinite(action)) throw diverged(action);
      clipped[i] = Math.min(high[i % size]!, Math.max(low[i % size]!, action));
    }
    return clipped;
  };
}

function diverged(action: number): NonFiniteError {
  return new NonFiniteError({
    where: 'policy',
    got: `${action} in an action that it drew`,
    expected: 'finite numbers',
    remedy: 'Lower the learning rate, clip gradients, or scale rewards and observations.',
  });
}
