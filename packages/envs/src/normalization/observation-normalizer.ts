import { type ObservationScaling, type RunningMoments, type RunningMomentsState, scaleObservations } from '@pg/core';
import type { ObservationNormalizing } from './normalization-layer.js';
import { startingMoments } from './starting-moments.js';

/** Normalises observations by the moments of those that were counted. */
export class ObservationNormalizer {
  readonly #moments: RunningMoments;
  readonly #epsilon: number;
  /** What the moments come to for each element, kept until they change. */
  readonly #scaling: ObservationScaling;

  constructor({ clip, epsilon }: ObservationNormalizing, size: number) {
    this.#moments = startingMoments(size);
    this.#epsilon = epsilon;
    this.#scaling = { mean: new Float64Array(size), deviation: new Float64Array(size), clip };
    this.#refresh();
  }

  /** Counts observations [N, size], first to last. Hot: no allocation. */
  count(obs: Float32Array): void {
    for (let offset = 0; offset < obs.length; offset += this.#scaling.mean.length) this.#moments.push(obs, offset);
    this.#refresh();
  }

  /** Normalises the observations from one offset to another in place. Hot: no allocation. */
  normalize(obs: Float32Array, from = 0, to = obs.length): void {
    scaleObservations(obs, this.#scaling, from, to);
  }

  /** A copy of what observations are scaled by now. */
  scaling(): ObservationScaling {
    const { mean, deviation, clip } = this.#scaling;
    return { mean: mean.slice(), deviation: deviation.slice(), clip };
  }

  state(): RunningMomentsState {
    return this.#moments.state();
  }

  restore(state: RunningMomentsState): void {
    this.#moments.restore(state);
    this.#refresh();
  }

  #refresh(): void {
    const { mean, deviation } = this.#scaling;
    for (let i = 0; i < mean.length; i++) {
      mean[i] = this.#moments.mean(i);
      deviation[i] = Math.sqrt(this.#moments.variance(i) + this.#epsilon);
    }
  }
}
