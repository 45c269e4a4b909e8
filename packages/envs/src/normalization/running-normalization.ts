import { describeValue, InvalidOptionsError, type ObservationScaling } from '@pg/core';
import type { Normalization, NormalizationState } from './normalization.js';
import type { NormalizationLayer } from './normalization-layer.js';
import { ObservationNormalizer } from './observation-normalizer.js';
import { RewardNormalizer } from './reward-normalizer.js';

/** What a snapshot of it holds. */
interface Snapshot {
  readonly frozen: boolean;
  readonly state: NormalizationState;
  readonly returns: Float64Array | undefined;
  readonly rawRewards: Float32Array;
}

/** How many copies, and of how many numbers their observations are. */
export interface BatchSize {
  readonly numEnvs: number;
  readonly obsSize: number;
}

/** Normalises what N copies give, in place, for single environments (N = 1) and vectorised ones. */
export class RunningNormalization implements Normalization {
  frozen = false;
  readonly rawRewards: Float32Array;
  readonly #id: string;
  readonly #observations: ObservationNormalizer | undefined;
  readonly #rewards: RewardNormalizer | undefined;

  constructor(id: string, layers: readonly NormalizationLayer[], { numEnvs, obsSize }: BatchSize) {
    const observations = layers.find((layer) => layer.observations)?.observations;
    const rewards = layers.find((layer) => layer.rewards)?.rewards;
    this.#id = id;
    this.#observations = observations && new ObservationNormalizer(observations, obsSize);
    this.#rewards = rewards && new RewardNormalizer(rewards, numEnvs);
    this.rawRewards = new Float32Array(numEnvs);
  }

  /** Whether observations come out as others than they went in. */
  get changesObs(): boolean {
    return this.#observations !== undefined;
  }

  /** Episodes start in all copies. */
  begin(): void {
    this.#rewards?.begin();
    this.rawRewards.fill(0);
  }

  /** Takes in the observations to act on next [N, size] and normalises them. Bytes only pass where observations stay as they are. Hot: no allocation. */
  observe(obs: ArrayLike<number>): void {
    if (!this.frozen) this.#observations?.count(obs as Float32Array);
    this.#observations?.normalize(obs as Float32Array);
  }

  /** Normalises a final observation from `offset` on, without taking it in. Hot: no allocation. */
  observeFinal(finalObs: ArrayLike<number>, from = 0, to = finalObs.length): void {
    this.#observations?.normalize(finalObs as Float32Array, from, to);
  }

  /** Takes in the rewards of a step [N] and normalises them. Hot: no allocation. */
  reward(rewards: Float32Array): void {
    this.rawRewards.set(rewards);
    if (!this.frozen) this.#rewards?.count(rewards);
    this.#rewards?.normalize(rewards);
  }

  /** The episode of a copy has ended with the rewards that were taken in last. */
  end(index: number): void {
    this.#rewards?.end(index);
  }

  observationScaling(): ObservationScaling | undefined {
    return this.#observations?.scaling();
  }

  state(): NormalizationState {
    return {
      ...(this.#observations && { observations: this.#observations.state() }),
      ...(this.#rewards && { rewards: this.#rewards.state() }),
    };
  }

  restore(state: NormalizationState): void {
    if (this.#observations && !state?.observations) throw this.#missing('observations', state);
    if (this.#rewards && !state?.rewards) throw this.#missing('rewards', state);
    if (state.observations) this.#observations?.restore(state.observations);
    if (state.rewards) this.#rewards?.restore(state.rewards);
  }

  /** Everything that is needed to go on from here. */
  snapshot(): Snapshot {
    return { frozen: this.frozen, state: this.state(), returns: this.#rewards?.returns(), rawRewards: this.rawRewards.slice() };
  }

  /** Becomes what a snapshot was taken from. */
  restoreSnapshot(snapshot: unknown): void {
    const { frozen, state, returns, rawRewards } = snapshot as Snapshot;
    this.frozen = frozen;
    this.restore(state);
    if (returns) this.#rewards?.restoreReturns(returns);
    this.rawRewards.set(rawRewards);
  }

  #missing(part: string, state: unknown): InvalidOptionsError {
    return new InvalidOptionsError({
      where: `${this.#id}.normalization.restore`,
      got: describeValue(state),
      expected: `a state with "${part}", which this environment normalises`,
      remedy: 'Pass what normalization.state() of such an environment returned.',
    });
  }
}
