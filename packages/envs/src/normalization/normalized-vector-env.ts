import { type DtypeArray, type Elements, InvalidShapeError, isFloat32Array, markNormalized, type Space } from '@pg/core';
import type { EndedEpisodes } from '../env/ended-episode.js';
import type { EnvSpec } from '../env/env.js';
import { type EnvSnapshot, requireSnapshot } from '../env/snapshot.js';
import { createVectorStep } from '../vector/create-vector-step.js';
import type { VectorEnv, VectorStep } from '../vector/vector-env.js';
import type { NormalizationLayer } from './normalization-layer.js';
import { RunningNormalization } from './running-normalization.js';

/** Copies of an environment behind the normalisation that they share, whatever form steps them. */
export class NormalizedVectorEnv<TObs extends Space, TAct extends Space> implements VectorEnv<TObs, TAct> {
  readonly id: string;
  readonly observationSpace: TObs;
  readonly actionSpace: TAct;
  readonly numEnvs: number;
  readonly obsSize: number;
  readonly actionSize: number;
  readonly normalization: RunningNormalization;
  readonly #inner: VectorEnv<Space, TAct>;
  readonly #buffers: VectorStep<DtypeArray>;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, layers: readonly NormalizationLayer[], inner: VectorEnv<Space, TAct>) {
    this.id = spec.id;
    this.observationSpace = spec.observationSpace;
    this.actionSpace = spec.actionSpace;
    this.numEnvs = inner.numEnvs;
    this.obsSize = inner.obsSize;
    this.actionSize = inner.actionSize;
    this.#inner = inner;
    this.normalization = new RunningNormalization(spec.id, layers, inner);
    this.#buffers = createVectorStep(spec.observationSpace, inner.numEnvs);
    this.#mark(this.#buffers.obs.buffer, this.#buffers.finalObs.buffer);
  }

  get actionMasks(): Uint8Array | undefined {
    return this.#inner.actionMasks;
  }

  get lastEpisodes(): EndedEpisodes | undefined {
    return this.#inner.lastEpisodes;
  }

  reset(): Elements<TObs>;
  reset<TArray extends Elements<TObs> | Float32Array>(obs: TArray): TArray;
  reset(obs: DtypeArray = this.#buffers.obs): DtypeArray {
    this.#requireNumbers('reset', 'obs', obs);
    this.#inner.reset(obs as Float32Array);
    this.normalization.begin();
    this.normalization.observe(obs);
    if (obs !== this.#buffers.obs) this.#mark(obs);
    return obs;
  }

  step(actions: Int32Array | Float32Array): VectorStep<Elements<TObs>>;
  step<TArray extends Elements<TObs> | Float32Array>(actions: Int32Array | Float32Array, out: VectorStep<TArray>): VectorStep<TArray>;
  step(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray> = this.#buffers): VectorStep<DtypeArray> {
    this.#requireNumbers('step', 'out.obs', out.obs);
    this.#requireNumbers('step', 'out.finalObs', out.finalObs);
    // what is normalised is whole observations
    this.#inner.step(actions, (out.sparseObs ? { ...out, sparseObs: undefined } : out) as VectorStep);
    this.normalization.reward(out.rewards);
    for (let n = 0; n < this.numEnvs; n++) {
      if (!out.terminated[n] && !out.truncated[n]) continue;
      this.normalization.end(n);
      this.normalization.observeFinal(out.finalObs, n * this.obsSize, (n + 1) * this.obsSize);
    }
    this.normalization.observe(out.obs);
    if (out !== this.#buffers) this.#mark(out.obs, out.finalObs);
    return out;
  }

  snapshot(): EnvSnapshot {
    return { id: this.id, numEnvs: this.numEnvs, data: { inner: this.#inner.snapshot(), normalization: this.normalization.snapshot() } };
  }

  restore(snapshot: EnvSnapshot): void {
    requireSnapshot(this, snapshot);
    const { inner, normalization } = snapshot.data as { inner: EnvSnapshot; normalization: unknown };
    this.#inner.restore(inner);
    this.normalization.restoreSnapshot(normalization);
  }

  close(): void {
    this.#inner.close();
  }

  #mark(first: object, second = first): void {
    if (!this.normalization.changesObs) return;
    markNormalized(first);
    markNormalized(second);
  }

  /** What is normalised in place has to be numbers, which the environment in front may not ask for: it may give bytes. */
  #requireNumbers(method: string, name: string, array: DtypeArray): void {
    if (!this.normalization.changesObs || isFloat32Array(array) || !ArrayBuffer.isView(array)) return;
    throw new InvalidShapeError({
      where: `${this.id}.${method}`,
      got: `${name}: a ${(array as DtypeArray).constructor.name}`,
      expected: 'a Float32Array, as the observation space says',
      remedy: 'Pass an array that holds such numbers.',
    });
  }
}
