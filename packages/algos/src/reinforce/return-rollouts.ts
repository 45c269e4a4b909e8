import { discountedReturns } from '@pg/core';
import { type Collected, Collector } from '../rollouts/collector.js';
import type { Shard } from '../shards/shard.js';
import type { ReinforceOptions } from './options.js';
import { pointEnds } from './point-ends.js';

/** The rows of a rollout, [T, N], with what followed each step. */
export interface ReturnRows {
  /** How many: the rollout's steps times N. */
  readonly rows: number;
  /** N. */
  readonly numEnvs: number;
  /** 1 where an episode ended. */
  readonly done: Uint8Array;
  /** 1 where the step counts. */
  readonly valid: Uint8Array;
  /** G, the discounted sum of the rewards from the step on: what a critic learns. */
  readonly targets: Float32Array;
  /** G − V(s), or G without a critic; to be changed at will. */
  readonly advantages: Float32Array;
  /** V(s) of a critic, in the network's memory. */
  readonly values: Float32Array | undefined;
}

/** Whether there is a critic, which learns. */
export function hasValues(batch: ReturnRows): batch is ReturnRows & { readonly values: Float32Array } {
  return batch.values !== undefined;
}

/** How much a rollout collects. */
export interface RolloutSize {
  /** Whole episodes of each copy; 0 where a rollout has a fixed length. */
  readonly episodes: number;
  /** T, the most steps of a rollout. */
  readonly length: number;
}

/** The rollouts of a shard whose returns are known: what lies behind the last step counts as nothing. */
export class ReturnRollouts {
  readonly collector: Collector;
  readonly #size: RolloutSize;
  /** V(s) of all rows. */
  readonly #values: Float32Array | undefined;
  readonly #ends: Uint8Array;
  readonly #returns: Float32Array;
  readonly #advantages: Float32Array;

  /** @param critic - the head of the values that are the baseline, if any are */
  constructor({ env, network, actionRng: rng, mail }: Shard, size: RolloutSize, critic: string | undefined) {
    const rows = size.length * env.numEnvs;
    this.collector = new Collector({ env, network, rng, length: size.length, episodes: mail.episodes });
    this.#size = size;
    this.#values = critic === undefined ? undefined : network.output(critic);
    this.#ends = new Uint8Array(rows);
    this.#returns = new Float32Array(rows);
    this.#advantages = new Float32Array(rows);
  }

  /** Plays whole episodes, or a fixed number of steps. */
  collect(): Collected {
    const { episodes } = this.#size;
    return episodes > 0 ? this.collector.collectEpisodes(episodes) : this.collector.collectSteps();
  }

  /** Returns to go over the first `length` steps of the rollout. */
  estimate(length: number, { gamma, resetOnReward }: Pick<ReinforceOptions, 'gamma' | 'resetOnReward'>): ReturnRows {
    const { rollout } = this.collector;
    const { numEnvs } = rollout;
    const rows = length * numEnvs;
    const { rewards, done, valid } = rollout.first(rows);
    const ends = resetOnReward ? pointEnds({ rewards, done }, this.#ends.subarray(0, rows)) : done;
    const targets = discountedReturns({ rewards, done: ends, numEnvs }, { gamma }, this.#returns.subarray(0, rows));
    const values = this.#values?.subarray(0, rows);
    const advantages = this.#advantages.subarray(0, rows);
    for (let i = 0; i < rows; i++) advantages[i] = values === undefined ? targets[i]! : targets[i]! - values[i]!;
    return { rows, numEnvs, done, valid, targets, advantages, values };
  }
}
