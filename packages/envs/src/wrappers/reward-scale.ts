import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import type { EnvCopy } from '../env/wrapper.js';
import { finiteReward } from './finite-reward.js';
import { requireOption } from './require-option.js';

/**
 * Rewards times a factor.
 *
 * @throws InvalidOptionsError when the factor is 0 or not finite
 */
export function rewardScale(factor: number): TransparentWrapper {
  requireOption(Number.isFinite(factor) && factor !== 0, 'rewardScale', { name: 'factor', value: factor, expected: 'a finite number other than 0' });
  return (space, env) => ({ name: `rewardScale(${factor})`, space, actionSpace: env.actionSpace, wrap: (copy) => new RewardScaleLayer(copy, factor) });
}

class RewardScaleLayer extends CopyLayer {
  readonly #factor: number;

  constructor(inner: EnvCopy, factor: number) {
    super(inner);
    this.#factor = factor;
  }

  override get reward(): number {
    return finiteReward('rewardScale', this.#factor * this.inner.reward);
  }
}
