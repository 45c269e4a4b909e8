import {
  type Box,
  type DtypeArray,
  describeValue,
  type Elements,
  elementSize,
  InvalidShapeError,
  nearestBounds,
  ResetRequiredError,
  type RngState,
  type Space,
  unmarkNormalized,
} from '@pg/core';
import { actionMasksOf, notAllowed } from '../env/action-mask.js';
import { invalidAction } from '../env/check-action.js';
import { closedError } from '../env/closed-error.js';
import { copyEpisodes, type EndedEpisodes, lastEpisodesOf, restoreEpisodes } from '../env/ended-episode.js';
import type { EnvSpec } from '../env/env.js';
import { type EnvSnapshot, requireSnapshot } from '../env/snapshot.js';
import { type WithinBounds, withinBounds } from '../env/within-bounds.js';
import { createVectorStep } from './create-vector-step.js';
import type { VectorEnv, VectorStep } from './vector-env.js';

/** What a snapshot holds of one copy: its random stream, and what it is itself once episodes have begun. */
export interface CopySnapshot {
  /** The state of its stream. */
  readonly rng: RngState;
  /** What only the copy understands. */
  readonly copy: unknown;
}

/** What a snapshot of a vectorised environment holds. */
export interface VectorSnapshot {
  /** Whether there was a reset. */
  readonly started: boolean;
  /** One for each copy. */
  readonly copies: readonly CopySnapshot[];
  /** The last episodes, where they are kept. */
  readonly lastEpisodes?: EndedEpisodes | undefined;
}

/** What lies in memory of others, where the copies are spread over threads. */
export interface CommonRows {
  /** `[N, n]`: what each copy allows next. */
  readonly actionMasks?: Uint8Array | undefined;
  /** The last episode of each copy. */
  readonly lastEpisodes?: EndedEpisodes | undefined;
}

const NO_BOUNDS = new Float32Array(0);

/** What every vectorised environment does alike: buffers, the checks at its boundary, closing when a copy fails. */
export abstract class VectorBase<TObs extends Space, TAct extends Space> implements VectorEnv<TObs, TAct> {
  readonly id: string;
  readonly observationSpace: TObs;
  readonly actionSpace: TAct;
  readonly numEnvs: number;
  readonly obsSize: number;
  readonly actionSize: number;
  readonly actionMasks: Uint8Array | undefined;
  readonly lastEpisodes: EndedEpisodes | undefined;
  readonly normalization = undefined;
  readonly #buffers: VectorStep<Elements<TObs>>;
  /** What actions are held against; empty for choices. */
  readonly #bounds: Pick<Box, 'low' | 'high'>;
  /** Brings actions within bounds that float32 does not represent. */
  readonly #within: WithinBounds | undefined;
  #started = false;
  #closed = false;
  #failure: Error | undefined;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, rows: CommonRows = {}) {
    const { numEnvs } = spec;
    this.id = spec.id;
    this.observationSpace = spec.observationSpace;
    this.actionSpace = spec.actionSpace;
    this.numEnvs = numEnvs;
    this.obsSize = elementSize(spec.observationSpace);
    this.actionSize = elementSize(spec.actionSpace);
    this.actionMasks = rows.actionMasks ?? actionMasksOf(spec);
    this.lastEpisodes = rows.lastEpisodes ?? lastEpisodesOf(spec['~source'], spec.numEnvs);
    this.#buffers = createVectorStep(spec.observationSpace, numEnvs);
    this.#bounds = spec.actionSpace.kind === 'box' ? nearestBounds(spec.actionSpace) : { low: NO_BOUNDS, high: NO_BOUNDS };
    this.#within = withinBounds(spec.actionSpace, numEnvs);
  }

  reset(): Elements<TObs>;
  reset<TArray extends Elements<TObs> | Float32Array>(obs: TArray): TArray;
  reset(obs: DtypeArray = this.#buffers.obs): DtypeArray {
    this.#requireOpen('reset');
    this.#checkObs('reset', 'obs', obs);
    unmarkNormalized(obs);
    try {
      this.resetAll(obs);
    } catch (error) {
      throw this.#fail(error);
    }
    this.#started = true;
    return obs;
  }

  step(actions: Int32Array | Float32Array): VectorStep<Elements<TObs>>;
  step<TArray extends Elements<TObs> | Float32Array>(actions: Int32Array | Float32Array, out: VectorStep<TArray>): VectorStep<TArray>;
  step(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray> = this.#buffers): VectorStep<DtypeArray> {
    this.#requireOpen('step');
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
    try {
      this.stepAll(this.#within?.(actions) ?? actions, out);
    } catch (error) {
      throw this.#fail(error);
    }
    return out;
  }

  snapshot(): EnvSnapshot {
    this.#requireOpen('snapshot');
    try {
      const data: VectorSnapshot = {
        started: this.#started,
        copies: this.snapshotAll(this.#started),
        lastEpisodes: this.lastEpisodes && copyEpisodes(this.lastEpisodes),
      };
      return { id: this.id, numEnvs: this.numEnvs, data };
    } catch (error) {
      throw this.#fail(error);
    }
  }

  restore(snapshot: EnvSnapshot): void {
    this.#requireOpen('restore');
    requireSnapshot(this, snapshot);
    const data = snapshot.data as VectorSnapshot;
    try {
      this.restoreAll(data);
    } catch (error) {
      throw this.#fail(error);
    }
    if (this.lastEpisodes && data.lastEpisodes) restoreEpisodes(this.lastEpisodes, data.lastEpisodes);
    this.#started = data.started;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.closeAll();
  }

  /** Starts an episode in every copy. */
  protected abstract resetAll(obs: DtypeArray): void;

  /** Steps every copy with checked actions. */
  protected abstract stepAll(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray>): void;

  /** Everything about every copy; before the first reset only the random streams. */
  protected abstract snapshotAll(started: boolean): readonly CopySnapshot[];

  /** Puts every copy back. */
  protected abstract restoreAll(snapshot: VectorSnapshot): void;

  /** Gives back what is not plain memory, of every copy whatever another's `close` throws. Called once. */
  protected abstract closeAll(): void;

  #requireOpen(method: string): void {
    if (this.#closed) throw closedError(this.id, method, this.#failure);
  }

  /** Closes everything after a failure, which matters more than what closing may throw. */
  #fail(error: unknown): unknown {
    this.#closed = true;
    this.#failure = error as Error;
    try {
      this.closeAll();
    } catch {}
    return error;
  }

  #checkActions(actions: Int32Array | Float32Array): void {
    const { actionSpace: space, actionSize, actionMasks } = this;
    this.#checkLength('step', 'actions', actions, this.numEnvs * actionSize);
    const { low, high } = this.#bounds;
    for (let i = 0; i < actions.length; i++) {
      const action = actions[i]!;
      const inside =
        space.kind === 'discrete'
          ? action >= 0 && action < space.size && Number.isInteger(action)
          : action >= low[i % actionSize]! && action <= high[i % actionSize]!;
      if (!inside) throw this.#outside(actions, Math.floor(i / actionSize));
      if (actionMasks && space.kind === 'discrete' && !actionMasks[i * space.size + action]) throw this.#notAllowed(i, action, space.size);
    }
  }

  #notAllowed(index: number, action: number, choices: number) {
    return notAllowed(`${this.id} (copy ${index})`, action, this.actionMasks!.slice(index * choices, (index + 1) * choices));
  }

  #outside(actions: Int32Array | Float32Array, index: number) {
    const action = this.actionSpace.kind === 'discrete' ? actions[index] : actions.slice(index * this.actionSize, (index + 1) * this.actionSize);
    return invalidAction(`${this.id} (copy ${index})`, this.actionSpace, action);
  }

  #checkBuffers(out: VectorStep<DtypeArray>): void {
    const { obs, rewards, terminated, truncated, finalObs } = out ?? {};
    const { numEnvs } = this;
    this.#checkObs('step', 'out.obs', obs);
    this.#checkLength('step', 'out.rewards', rewards, numEnvs);
    this.#checkLength('step', 'out.terminated', terminated, numEnvs);
    this.#checkLength('step', 'out.truncated', truncated, numEnvs);
    this.#checkObs('step', 'out.finalObs', finalObs);
    unmarkNormalized(obs);
    unmarkNormalized(finalObs);
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
