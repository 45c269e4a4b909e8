import type { RunningMoments, RunningMomentsState } from '@pg/core';
import type { ObservationNormalizing } from './normalization-layer.js';
import { startingMoments } from './starting-moments.js';

/** Normalises observations by the moments of those that were counted. */
export class ObservationNormalizer {
  readonly #moments: RunningMoments;
  readonly #clip: number;
  readonly #epsilon: number;
  /** What the moments come to for each element, kept until they change. */
  readonly #mean: Float64Array;
  readonly #deviation: Float64Array;

  constructor({ clip, epsilon }: ObservationNormalizing, size: number) {
    this.#moments = startingMoments(size);
    this.#clip = clip;
    this.#epsilon = epsilon;
    this.#mean = new Float64Array(size);
    this.#deviation = new Float64Array(size);
    this.#refresh();
  }

  /** Counts observations [N, size], first to last. Hot: no allocation. */
  count(obs: Float32Array): void {
    for (let offset = 0; offset < obs.length; offset += this.#mean.length) this.#moments.push(obs, offset);
    this.#refresh();
  }

  /** Normalises the observations from one offset to another in place. Hot: no allocation. */
  normalize(obs: Float32Array, from = 0, to = obs.length): void {
    const size = this.#mean.length;
    for (let i = from, element = 0; i < to; i++, element = element + 1 === size ? 0 : element + 1) {
      const normalized = (obs[i]! - this.#mean[element]!) / this.#deviation[element]!;
      obs[i] = Math.min(this.#clip, Math.max(-this.#clip, normalized));
    }
  }

  state(): RunningMomentsState {
    return this.#moments.state();
  }

  restore(state: RunningMomentsState): void {
    this.#moments.restore(state);
    this.#refresh();
  }

  #refresh(): void {
    for (let i = 0; i < this.#mean.length; i++) {
      this.#mean[i] = this.#moments.mean(i);
      this.#deviation[i] = Math.sqrt(this.#moments.variance(i) + this.#epsilon);
    }
  }
}
