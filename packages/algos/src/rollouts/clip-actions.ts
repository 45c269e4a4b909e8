import { NonFiniteError, type Space } from '@pg/core';
import type { Distribution } from '@pg/nn';

type Actions = Int32Array | Float32Array;

/**
 * Turns actions that a policy drew into ones that environments take: [N, size] clipped to a box; choices stay as they are, and so
 * do squashed actions, which lie in the box already. The function that comes back throws NonFiniteError for a NaN or infinite
 * action: the policy has diverged.
 */
export function actionClipper(space: Space, numEnvs: number, { latents }: Pick<Distribution, 'latents'>): (actions: Actions) => Actions {
  if (space.kind === 'discrete') return (actions) => actions;
  const { low, high } = space;
  const size = low.length;
  const count = numEnvs * size;
  if (latents.length > 0) {
    return (actions) => {
      for (let i = 0; i < count; i++) assertFinite(actions[i]!);
      return actions;
    };
  }
  const clipped = new Float32Array(count);
  return (actions) => {
    for (let i = 0; i < count; i++) {
      const action = actions[i]!;
      assertFinite(action);
      clipped[i] = Math.min(high[i % size]!, Math.max(low[i % size]!, action));
    }
    return clipped;
  };
}

function assertFinite(action: number): void {
  if (!Number.isFinite(action)) throw diverged(action);
}

function diverged(action: number): NonFiniteError {
  return new NonFiniteError({
    where: 'policy',
    got: `${action} in an action that it drew`,
    expected: 'finite numbers',
    remedy: 'Lower the learning rate, clip gradients, or scale rewards and observations.',
  });
}
