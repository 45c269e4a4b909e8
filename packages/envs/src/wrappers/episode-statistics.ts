import type { Rng } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { EndedEpisode } from '../env/ended-episode.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import { requirePiped } from './require-piped.js';

/**
 * Keeps return and length of the last ended episode, as counted where it stands: in front of `rewardClip` the true return, in
 * front of `frameSkip` the length in frames. They are read from the running environment, `lastEpisode` of a single one and
 * `lastEpisodes` of many, from the step in which an episode ends until the next one does.
 *
 * @example
 * ```ts
 * const envs = vectorize(cartPole().pipe(episodeStatistics()).pipe(rewardScale(0.1)), { numEnvs: 8 }).make();
 * envs.reset();
 * const { terminated } = envs.step(new Int32Array(8));
 * if (terminated[0]) console.log(envs.lastEpisodes?.returns[0]);
 * ```
 */
export function episodeStatistics(): TransparentWrapper {
  return (space, env) => {
    requirePiped('episodeStatistics', space, env);
    return {
      name: 'episodeStatistics',
      space,
      actionSpace: env.actionSpace,
      keepsEpisodes: true,
      wrap: (copy) => new EpisodeStatisticsLayer(copy),
    };
  };
}

class EpisodeStatisticsLayer extends CopyLayer {
  /** The one that runs. */
  #return = 0;
  #length = 0;
  #steps = 0;
  readonly #ended = { return: 0, length: 0, steps: 0, episodes: 0 };

  override get endedEpisode(): EndedEpisode {
    return this.#ended;
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#return = 0;
    this.#length = 0;
  }

  override step(action: number | Float32Array, rng: Rng): void {
    super.step(action, rng);
    this.#return += this.inner.reward;
    this.#length += 1;
    this.#steps += 1;
    if (!this.inner.terminated && !this.inner.truncated) return;
    this.#ended.return = this.#return;
    this.#ended.length = this.#length;
    this.#ended.steps = this.#steps;
    this.#ended.episodes += 1;
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), return: this.#return, length: this.#length, steps: this.#steps, ended: { ...this.#ended } };
  }

  override restore(snapshot: unknown): void {
    const { inner, ended, ...running } = snapshot as { inner: unknown; return: number; length: number; steps: number; ended: EndedEpisode };
    super.restore(inner);
    this.#return = running.return;
    this.#length = running.length;
    this.#steps = running.steps;
    Object.assign(this.#ended, ended);
  }
}
