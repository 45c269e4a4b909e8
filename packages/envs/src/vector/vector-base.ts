import {
  createElements,
  type DtypeArray,
  describeValue,
  type Elements,
  elementSize,
  InvalidShapeError,
  ResetRequiredError,
  type Rng,
  type RngState,
  type Space,
} from '@pg/core';
import { invalidAction } from '../env/check-action.js';
import { type EndedEpisodes, lastEpisodesOf, restoreEpisodes } from '../env/ended-episode.js';
import type { EnvSpec } from '../env/env.js';
import { envStream } from '../env/single-env.js';
import { type EnvSnapshot, requireSnapshot } from '../env/snapshot.js';
import type { VectorEnv, VectorStep } from './vector-env.js';

/** What a snapshot of a vectorised environment holds. */
interface Running {
  readonly started: boolean;
  readonly lastEpisodes?: EndedEpisodes | undefined;
  readonly copies: readonly { readonly rng: RngState; readonly copy: unknown }[];
}

/** What every vectorised environment does alike: streams, buffers, the checks at its boundary. */
export abstract class VectorBase<TObs extends Space, TAct extends Space> implements VectorEnv<TObs, TAct> {
  readonly id: string;
  readonly observationSpace: TObs;
  readonly actionSpace: TAct;
  readonly numEnvs: number;
  readonly obsSize: number;
  readonly actionSize: number;
  readonly lastEpisodes: EndedEpisodes | undefined;
  readonly normalization = undefined;
  /** The random stream of each copy. */
  protected readonly rngs: readonly Rng[];
  readonly #buffers: VectorStep<Elements<TObs>>;
  #started = false;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number) {
    const { numEnvs } = spec;
    this.id = spec.id;
    this.observationSpace = spec.observationSpace;
    this.actionSpace = spec.actionSpace;
    this.numEnvs = numEnvs;
    this.obsSize = elementSize(spec.observationSpace);
    this.actionSize = elementSize(spec.actionSpace);
    this.rngs = Array.from({ length: numEnvs }, (_, index) => envStream(seed, index));
    this.lastEpisodes = lastEpisodesOf(spec['~source'], numEnvs);
    this.#buffers = {
      obs: createElements(spec.observationSpace, numEnvs),
      rewards: new Float32Array(numEnvs),
      terminated: new Uint8Array(numEnvs),
      truncated: new Uint8Array(numEnvs),
      finalObs: createElements(spec.observationSpace, numEnvs),
    };
  }

  reset(): Elements<TObs>;
  reset<TArray extends Elements<TObs> | Float32Array>(obs: TArray): TArray;
  reset(obs: DtypeArray = this.#buffers.obs): DtypeArray {
    this.#checkObs('reset', 'obs', obs);
    this.resetAll(obs);
    this.#started = true;
    return obs;
  }

  step(actions: Int32Array | Float32Array): VectorStep<Elements<TObs>>;
  step<TArray extends Elements<TObs> | Float32Array>(actions: Int32Array | Float32Array, out: VectorStep<TArray>): VectorStep<TArray>;
  step(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray> = this.#buffers): VectorStep<DtypeArray> {
    if (!this.#started) {
      throw new ResetRequiredError({
        where: `${this.id}.step`,
        got: 'a step before the first reset',
        expected: 'running episodes',
        remedy: 'Call reset() first.',
      });
    }
    this.#checkActions(actions);
    if (out !== this.#buffers) this.#checkBuffers(out);
    this.stepAll(actions, out);
    return out;
  }

  snapshot(): EnvSnapshot {
    const copies = this.rngs.map((rng, index) => ({ rng: rng.state(), copy: this.#started ? this.snapshotCopy(index) : undefined }));
    return {
      id: this.id,
      numEnvs: this.numEnvs,
      data: { started: this.#started, copies, lastEpisodes: structuredClone(this.lastEpisodes) } satisfies Running,
    };
  }

  restore(snapshot: EnvSnapshot): void {
    requireSnapshot(this, snapshot);
    const { started, copies, lastEpisodes } = snapshot.data as Running;
    this.#started = started;
    if (this.lastEpisodes && lastEpisodes) restoreEpisodes(this.lastEpisodes, lastEpisodes);
    copies.forEach(({ rng, copy }, index) => {
      this.rngs[index]!.restore(rng);
      if (started) this.restoreCopy(index, copy);
    });
  }

  abstract close(): void;

  /** Starts an episode in every copy. */
  protected abstract resetAll(obs: DtypeArray): void;

  /** Steps every copy with checked actions. */
  protected abstract stepAll(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray>): void;

  /** Everything about one copy but its random stream. */
  protected abstract snapshotCopy(index: number): unknown;

  /** Puts one copy back. */
  protected abstract restoreCopy(index: number, snapshot: unknown): void;

  #checkActions(actions: Int32Array | Float32Array): void {
    const { actionSpace: space, actionSize } = this;
    this.#checkLength('step', 'actions', actions, this.numEnvs * actionSize);
    for (let i = 0; i < actions.length; i++) {
      const action = actions[i]!;
      const inside =
        space.kind === 'discrete'
          ? action >= 0 && action < space.size && Number.isInteger(action)
          : action >= space.low[i % actionSize]! && action <= space.high[i % actionSize]!;
      if (!inside) throw this.#outside(actions, Math.floor(i / actionSize));
    }
  }

  #outside(actions: Int32Array | Float32Array, index: number) {
    const action = this.actionSpace.kind === 'discrete' ? actions[index] : actions.slice(index * this.actionSize, (index + 1) * this.actionSize);
    return invalidAction(`${this.id} (copy ${index})`, this.actionSpace, action);
  }

  #checkBuffers({ obs, rewards, terminated, truncated, finalObs }: VectorStep<DtypeArray>): void {
    const { numEnvs } = this;
    this.#checkObs('step', 'out.obs', obs);
    this.#checkLength('step', 'out.rewards', rewards, numEnvs);
    this.#checkLength('step', 'out.terminated', terminated, numEnvs);
    this.#checkLength('step', 'out.truncated', truncated, numEnvs);
    this.#checkObs('step', 'out.finalObs', finalObs);
  }

  /** Bytes cannot hold what is not a byte; numbers can hold bytes. */
  #checkObs(method: string, name: string, array: DtypeArray): void {
    this.#checkLength(method, name, array, this.numEnvs * this.obsSize);
    if (array.BYTES_PER_ELEMENT >= this.#buffers.obs.BYTES_PER_ELEMENT) return;
    throw new InvalidShapeError({
      where: `${this.id}.${method}`,
      got: `${name}: a ${array.constructor.name}`,
      expected: `a ${this.#buffers.obs.constructor.name}, as the observation space says`,
      remedy: 'Pass an array that holds such numbers.',
    });
  }

  #checkLength(method: string, name: string, array: ArrayBufferView & ArrayLike<number>, expected: number): void {
    if (ArrayBuffer.isView(array) && array.length === expected) return;
    throw new InvalidShapeError({
      where: `${this.id}.${method}`,
      got: ArrayBuffer.isView(array) ? `${name} with ${array.length} numbers` : `${name}: ${describeValue(array)}`,
      expected: `a typed array of ${expected} for ${this.numEnvs} environments`,
      remedy: 'Pass one flat array for all environments.',
    });
  }
}
