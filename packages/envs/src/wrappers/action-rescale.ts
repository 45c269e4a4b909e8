import { type Box, box, describeSpace, InvalidOptionsError, type Rng, requireInterval, type Shape, type Space } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { EnvCopy, PipedEnv, Wrapper } from '../env/wrapper.js';
import { requireBoxActions } from './require-box-actions.js';
import { requirePiped } from './require-piped.js';

/**
 * Takes actions in [low, high], [−1, 1] by default, and maps them to the environment's own bounds, in proportion.
 *
 * @throws InvalidOptionsError when actions are choices or have infinite bounds, or low and high are not finite with low < high
 */
export function actionRescale(low = -1, high = 1): <TObs extends Space, S extends Shape>(space: TObs, env: PipedEnv<Box<S>>) => Wrapper<TObs, Box<S>> {
  requireInterval('actionRescale', { low, high }, 'Change the bounds, or leave them out for [-1, 1].');
  return (space, env) => {
    requirePiped('actionRescale', space, env);
    const { actionSpace } = env;
    requireBoxActions('actionRescale', actionSpace);
    requireBounds(actionSpace);
    const accepted = box({ shape: actionSpace.shape, low, high });
    return { name: `actionRescale(${low}, ${high})`, space, actionSpace: accepted, wrap: (copy) => new ActionRescaleLayer(copy, accepted, actionSpace) };
  };
}

function requireBounds(space: Box): void {
  if (space.low.every(Number.isFinite) && space.high.every(Number.isFinite)) return;
  throw new InvalidOptionsError({
    where: 'actionRescale',
    got: `actions of ${describeSpace(space)} with infinite bounds`,
    expected: 'finite bounds to scale to',
    remedy: 'Remove it, or put it behind what gives actions bounds.',
  });
}

class ActionRescaleLayer extends CopyLayer {
  readonly #from: Box;
  readonly #to: Box;
  readonly #rescaled: Float32Array;

  constructor(inner: EnvCopy, from: Box, to: Box) {
    super(inner);
    this.#from = from;
    this.#to = to;
    this.#rescaled = new Float32Array(to.low.length);
  }

  override step(action: number | Float32Array, rng: Rng): void {
    const rescaled = this.#rescaled;
    for (let i = 0; i < rescaled.length; i++) {
      const least = this.#from.low[i]!;
      const fraction = ((action as Float32Array)[i]! - least) / (this.#from.high[i]! - least);
      const low = this.#to.low[i]!;
      const high = this.#to.high[i]!;
      rescaled[i] = Math.min(high, low + (high - low) * fraction);
    }
    super.step(rescaled, rng);
  }
}
