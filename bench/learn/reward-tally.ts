import type { Box, Rng, Space } from '@pg/core';
import { CopyLayer, type EnvCopy, type EnvSpec, type PipedEnv, type Wrapper } from '@pg/envs';

/** Counts what copies of an environment are paid and how often they end: the return of an epoch as some programs measure it. */
export class RewardTally {
  /** Sum of the rewards of all copies. */
  rewards = 0;
  /** How many episodes ended. */
  ends = 0;

  /** Sum of rewards over number of ends since the last call; what belongs to episodes that have not ended counts above the line only. */
  take(): number {
    const { rewards, ends } = this;
    this.rewards = 0;
    this.ends = 0;
    return rewards / ends;
  }

  /** The environment, its copies counted; they play as without. */
  around<TObs extends Box, TAct extends Space>(env: EnvSpec<TObs, TAct>): EnvSpec<TObs, TAct> {
    return env.pipe(
      (space: TObs, { actionSpace }: PipedEnv<TAct>): Wrapper<TObs, TAct> => ({
        name: 'tally',
        space,
        actionSpace,
        wrap: (copy) => new TalliedCopy(copy, this),
      }),
    );
  }
}

class TalliedCopy extends CopyLayer {
  readonly #tally: RewardTally;

  constructor(copy: EnvCopy, tally: RewardTally) {
    super(copy);
    this.#tally = tally;
  }

  override step(action: number | Float32Array, rng: Rng): void {
    super.step(action, rng);
    this.#tally.rewards += this.reward;
    if (this.terminated || this.truncated) this.#tally.ends += 1;
  }
}
