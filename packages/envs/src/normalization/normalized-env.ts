import { type DtypeArray, type Element, elementSize, markNormalized, type Space } from '@pg/core';
import type { EndedEpisode } from '../env/ended-episode.js';
import type { Env, EnvSpec, StepResult } from '../env/env.js';
import { type EnvSnapshot, requireSnapshot } from '../env/snapshot.js';
import type { Picture } from '../rendering/picture.js';
import type { NormalizationLayer } from './normalization-layer.js';
import { RunningNormalization } from './running-normalization.js';

/** A single environment behind its normalisation: the same results as N = 1 copies. */
export class NormalizedEnv<TObs extends Space, TAct extends Space> implements Env<TObs, TAct> {
  readonly id: string;
  readonly observationSpace: TObs;
  readonly actionSpace: TAct;
  readonly normalization: RunningNormalization;
  readonly #inner: Env<Space, TAct>;
  /** `[1]` */
  readonly #reward = new Float32Array(1);

  constructor(spec: EnvSpec<TObs, TAct, boolean>, layers: readonly NormalizationLayer[], inner: Env<Space, TAct>) {
    this.id = spec.id;
    this.observationSpace = spec.observationSpace;
    this.actionSpace = spec.actionSpace;
    this.#inner = inner;
    this.normalization = new RunningNormalization(spec.id, layers, { numEnvs: 1, obsSize: elementSize(spec.observationSpace) });
  }

  get actionMask(): Uint8Array | undefined {
    return this.#inner.actionMask;
  }

  get lastEpisode(): EndedEpisode | undefined {
    return this.#inner.lastEpisode;
  }

  reset(options: { readonly seed?: number } = {}): Element<TObs> {
    const obs = this.#fresh(this.#inner.reset(options));
    this.normalization.begin();
    if (typeof obs !== 'number') this.normalization.observe(obs);
    return this.#marked(obs);
  }

  step(action: Element<TAct>): StepResult<TObs> {
    const { obs: seen, reward, terminated, truncated } = this.#inner.step(action);
    const obs = this.#fresh(seen);
    const ended = terminated || truncated;
    this.#reward[0] = reward;
    this.normalization.reward(this.#reward);
    if (ended) this.normalization.end(0);
    if (typeof obs !== 'number' && ended) this.normalization.observeFinal(obs);
    else if (typeof obs !== 'number') this.normalization.observe(obs);
    return { obs: this.#marked(obs), reward: this.#reward[0], terminated, truncated };
  }

  snapshot(): EnvSnapshot {
    return { id: this.id, numEnvs: 1, data: { inner: this.#inner.snapshot(), normalization: this.normalization.snapshot() } };
  }

  restore(snapshot: EnvSnapshot): void {
    requireSnapshot({ id: this.id, numEnvs: 1 }, snapshot);
    const { inner, normalization } = snapshot.data as { inner: EnvSnapshot; normalization: unknown };
    this.#inner.restore(inner);
    this.normalization.restoreSnapshot(normalization);
  }

  render(): Picture {
    return this.#inner.render();
  }

  close(): void {
    this.#inner.close();
  }

  #marked(obs: number | DtypeArray): Element<TObs> {
    if (this.normalization.changesObs && typeof obs !== 'number') markNormalized(obs);
    return obs as Element<TObs>;
  }

  /** An observation that can be changed in place, of numbers where it was of bytes. */
  #fresh(obs: number | DtypeArray): number | DtypeArray {
    return this.normalization.changesObs && typeof obs !== 'number' ? Float32Array.from(obs) : obs;
  }
}
