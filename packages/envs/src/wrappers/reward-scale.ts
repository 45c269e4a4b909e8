import { fitsFloat32 } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import type { EnvCopy } from '../env/wrapper.js';
import { finiteReward } from './finite-reward.js';
import { requireOption } from './require-option.js';
import { requirePiped } from './require-piped.js';

/**
 * Rewards times a factor.
 *
 * @throws InvalidOptionsError when the factor is 0 or not finite in float32
 */
export function rewardScale(factor: number): TransparentWrapper {
  requireOption(fitsFloat32(factor) && factor !== 0, 'rewardScale', {
    name: 'factor',
    value: factor,
    expected: 'a finite number other than 0 that float32 keeps',
  });
  return (space, env) => {
    requirePiped('rewardScale', space, env);
    return { name: `rewardScale(${factor})`, space, actionSpace: env.actionSpace, wrap: (copy) => new RewardScaleLayer(copy, factor) };
  };
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
