import { type Box, box, type Rng, type Shape, type Space } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { EnvCopy, PipedEnv, Wrapper } from '../env/wrapper.js';
import { requireBoxActions } from './require-box-actions.js';
import { requirePiped } from './require-piped.js';

/**
 * Takes actions of any size and clips them to the environment's bounds. The actions in front of it have no bounds, as those of
 * a Gaussian policy.
 *
 * @throws InvalidOptionsError when actions are choices
 */
export function actionClip(): <TObs extends Space, S extends Shape>(space: TObs, env: PipedEnv<Box<S>>) => Wrapper<TObs, Box<S>> {
  return (space, env) => {
    requirePiped('actionClip', space, env);
    const { actionSpace } = env;
    requireBoxActions('actionClip', actionSpace);
    return {
      name: 'actionClip',
      space,
      actionSpace: box({ shape: actionSpace.shape, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }),
      wrap: (copy) => new ActionClipLayer(copy, actionSpace),
    };
  };
}

class ActionClipLayer extends CopyLayer {
  readonly #space: Box;
  readonly #clipped: Float32Array;

  constructor(inner: EnvCopy, space: Box) {
    super(inner);
    this.#space = space;
    this.#clipped = new Float32Array(space.low.length);
  }

  override step(action: number | Float32Array, rng: Rng): void {
    const { low, high } = this.#space;
    const clipped = this.#clipped;
    for (let i = 0; i < clipped.length; i++) clipped[i] = Math.min(high[i]!, Math.max(low[i]!, (action as Float32Array)[i]!));
    super.step(clipped, rng);
  }
}
