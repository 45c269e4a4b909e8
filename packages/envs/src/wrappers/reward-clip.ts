import { describeValue, InvalidOptionsError } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import type { EnvCopy } from '../env/wrapper.js';

/**
 * Rewards clipped to [low, high]; to [−1, 1] by default. What an episode really gave is kept by `episodeStatistics()` in front of it.
 *
 * @throws InvalidOptionsError when the bounds are NaN or low > high
 */
export function rewardClip(low = -1, high = 1): TransparentWrapper {
  if (!(low <= high)) {
    throw new InvalidOptionsError({
      where: 'rewardClip',
      got: `low ${describeValue(low)} and high ${describeValue(high)}`,
      expected: 'two numbers, low ≤ high',
      remedy: 'Swap or change the bounds.',
    });
  }
  return (space, env) => ({
    name: `rewardClip(${low}, ${high})`,
    space,
    actionSpace: env.actionSpace,
    wrap: (copy) => new RewardClipLayer(copy, low, high),
  });
}

class RewardClipLayer extends CopyLayer {
  readonly #low: number;
  readonly #high: number;

  constructor(inner: EnvCopy, low: number, high: number) {
    super(inner);
    this.#low = low;
    this.#high = high;
  }

  override get reward(): number {
    return Math.min(this.#high, Math.max(this.#low, this.inner.reward));
  }
}
