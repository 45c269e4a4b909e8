import { describeValue, FLOAT32_RANGE, fitsFloat32, InvalidOptionsError } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import type { EnvCopy } from '../env/wrapper.js';
import { requirePiped } from './require-piped.js';

/**
 * Rewards clipped to [low, high]; to [−1, 1] by default. What an episode really gave is kept by `episodeStatistics()` in front of it.
 *
 * @throws InvalidOptionsError when the bounds are no numbers that float32 keeps, or low > high
 */
export function rewardClip(low = -1, high = 1): TransparentWrapper {
  const areBounds = [low, high].every((bound) => fitsFloat32(bound) || bound === Number.POSITIVE_INFINITY || bound === Number.NEGATIVE_INFINITY);
  if (!(areBounds && low <= high)) {
    throw new InvalidOptionsError({
      where: 'rewardClip',
      got: `low ${describeValue(low)} and high ${describeValue(high)}`,
      expected: Number.isFinite(low) && Number.isFinite(high) && low <= high ? `0, or bounds of a size from ${FLOAT32_RANGE}` : 'two numbers, low ≤ high',
      remedy: 'Swap or change the bounds.',
    });
  }
  return (space, env) => {
    requirePiped('rewardClip', space, env);
    return {
      name: `rewardClip(${low}, ${high})`,
      space,
      actionSpace: env.actionSpace,
      wrap: (copy) => new RewardClipLayer(copy, low, high),
    };
  };
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
