import type { RunningMoments, RunningMomentsState } from '@pg/core';
import type { RewardNormalizing } from './normalization-layer.js';
import { startingMoments } from './starting-moments.js';

/** Normalises rewards by the standard deviation of the discounted returns that run in the copies. */
export class RewardNormalizer {
  readonly #moments: RunningMoments = startingMoments(1);
  readonly #normalizing: RewardNormalizing;
  /** The running return of each copy. */
  readonly #returns: Float64Array;

  constructor(normalizing: RewardNormalizing, numEnvs: number) {
    this.#normalizing = normalizing;
    this.#returns = new Float64Array(numEnvs);
  }

  /** Episodes start in all copies. */
  begin(): void {
    this.#returns.fill(0);
  }

  /** Counts the rewards of a step, first to last. Hot: no allocation. */
  count(rewards: Float32Array): void {
    const { gamma } = this.#normalizing;
    for (let n = 0; n < rewards.length; n++) {
      this.#returns[n] = gamma * this.#returns[n]! + rewards[n]!;
      this.#moments.push(this.#returns, n);
    }
  }

  /** Normalises the rewards of a step in place. Hot: no allocation. */
  normalize(rewards: Float32Array): void {
    const { clip, epsilon } = this.#normalizing;
    const deviation = Math.sqrt(this.#moments.variance() + epsilon);
    for (let n = 0; n < rewards.length; n++) rewards[n] = Math.min(clip, Math.max(-clip, rewards[n]! / deviation));
  }

  /** The episode of a copy has ended. */
  end(index: number): void {
    this.#returns[index] = 0;
  }

  state(): RunningMomentsState {
    return this.#moments.state();
  }

  restore(state: RunningMomentsState): void {
    this.#moments.restore(state);
  }

  /** The running returns, as a list of their own. */
  returns(): Float64Array {
    return this.#returns.slice();
  }

  restoreReturns(returns: Float64Array): void {
    this.#returns.set(returns);
  }
}
