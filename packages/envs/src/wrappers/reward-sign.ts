import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import { requirePiped } from './require-piped.js';

/** The sign of each reward: −1, 0 or 1 (Mnih et al. 2015; ClipRewardEnv of Stable-Baselines3). */
export function rewardSign(): TransparentWrapper {
  return (space, env) => {
    requirePiped('rewardSign', space, env);
    return { name: 'rewardSign', space, actionSpace: env.actionSpace, wrap: (copy) => new RewardSignLayer(copy) };
  };
}

class RewardSignLayer extends CopyLayer {
  override get reward(): number {
    return Math.sign(this.inner.reward);
  }
}
