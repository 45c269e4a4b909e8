import { generalizedAdvantageEstimation, type Rng, type Space } from '@pg/core';
import type { VectorEnv } from '@pg/envs';
import type { TrainableNetwork } from '@pg/nn';
import { rolloutValues } from './bootstrap.js';
import { Collector } from './collector.js';
import type { FinishedEpisodes } from './finished-episodes.js';

/** The rows of a rollout with what their estimates say. */
export interface EstimatedRows {
  /** How many: the rollout's steps times N. */
  readonly rows: number;
  /** V(s), in the network's memory. */
  readonly values: Float32Array;
  /** Â, to be changed at will. */
  readonly advantages: Float32Array;
  /** What V regresses to. */
  readonly targets: Float32Array;
  /** 1 where the step counts. */
  readonly valid: Uint8Array;
}

/** What it is that plays: a shard with a critic, for example. */
export interface AdvantageParts {
  readonly env: VectorEnv<Space, Space>;
  readonly network: TrainableNetwork;
  readonly actionRng: Rng;
  readonly valueHead: string | undefined;
  /** Where to note the episodes that finish; nowhere in particular by default. */
  readonly mail?: { readonly episodes: FinishedEpisodes };
}

/** The rollouts of a shard with a critic, whose network has (T + 2)·N rows: collected, bootstrapped and estimated. */
export class AdvantageRollouts {
  readonly collector: Collector;
  readonly #bootstrap: ReturnType<typeof rolloutValues>;
  readonly #advantages: Float32Array;
  readonly #targets: Float32Array;

  /** @param length - T */
  constructor({ env, network, actionRng: rng, mail, valueHead }: AdvantageParts, length: number) {
    const onTruncated = (t: number) => this.#bootstrap.valueFinalObs(t);
    this.collector = new Collector({ env, network, rng, length, onTruncated, ...(mail && { episodes: mail.episodes }) });
    this.#bootstrap = rolloutValues(network, valueHead!, this.collector.rollout);
    this.#advantages = new Float32Array(length * env.numEnvs);
    this.#targets = new Float32Array(length * env.numEnvs);
  }

  /** Generalised advantage estimation over the first `length` steps of the rollout. */
  estimate(length: number, options: { readonly gamma: number; readonly lambda: number }): EstimatedRows {
    const { rollout } = this.collector;
    const { numEnvs } = rollout;
    const rows = length * numEnvs;
    const { rewards, terminated, truncated, valid } = rollout.first(rows);
    if (rows > 0) this.#bootstrap.complete(length);
    const values = this.#bootstrap.values.subarray(0, rows);
    const nextValues = this.#bootstrap.nextValues.subarray(0, rows);
    const advantages = this.#advantages.subarray(0, rows);
    const valueTargets = this.#targets.subarray(0, rows);
    generalizedAdvantageEstimation({ rewards, values, terminated, truncated, nextValues, numEnvs }, options, { advantages, valueTargets });
    return { rows, values, advantages, targets: valueTargets, valid };
  }
}
