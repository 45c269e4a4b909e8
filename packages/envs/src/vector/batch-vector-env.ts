import { type DtypeArray, InvalidOptionsError, NonFiniteError, type Space } from '@pg/core';
import { ContractBreach } from '../copy/contract-breach.js';
import { thrownError } from '../copy/thrown-error.js';
import { checkMask, clearMask } from '../copy/written-mask.js';
import type { EnvSpec } from '../env/env.js';
import type { BatchDynamics } from './batch-dynamics.js';
import { LocalVectorEnv } from './local-vector-env.js';
import type { VectorStep } from './vector-env.js';

/** Copies of an environment that knows how to step many at once; the same results as stepping them one by one. */
export class BatchVectorEnv<TObs extends Space, TAct extends Space> extends LocalVectorEnv<TObs, TAct> {
  readonly #dynamics: BatchDynamics;
  /** The index of the first copy among all. */
  readonly #first: number;
  readonly #maxSteps: number;
  readonly #elapsed: Float64Array;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number, { dynamics, first = 0 }: { readonly dynamics: BatchDynamics; readonly first?: number }) {
    super(spec, seed, { first });
    if (spec.masksActions && dynamics.actionMask === undefined) throw noMasks(spec.id);
    this.#first = first;
    this.#dynamics = dynamics;
    this.#maxSteps = spec.maxSteps;
    this.#elapsed = new Float64Array(spec.numEnvs);
  }

  protected override resetAll(obs: DtypeArray): void {
    for (let n = 0; n < this.numEnvs; n++) this.#begin(n, obs);
  }

  protected override stepAll(actions: Int32Array | Float32Array, out: VectorStep<DtypeArray>): void {
    const { obs, rewards, terminated, truncated, finalObs } = out;
    const { actionMasks } = this;
    try {
      this.#dynamics.step(actions, rewards, terminated);
    } catch (error) {
      throw thrownError(`${this.id}.batch.step`, `while ${this.numEnvs} copies were stepped together`, error);
    }
    for (let n = 0; n < this.numEnvs; n++) {
      const elapsed = this.#elapsed[n]! + 1;
      this.#elapsed[n] = elapsed;
      if (!Number.isFinite(rewards[n])) throw this.#nonFinite(n, `the reward ${rewards[n]}`, 'step');
      const cut = elapsed >= this.#maxSteps;
      truncated[n] = cut ? 1 : 0;
      if (cut || terminated[n]) {
        this.#observe(n, finalObs);
        this.#begin(n, obs);
      } else {
        this.#observe(n, obs);
        if (actionMasks) this.maskCopy(n, actionMasks);
      }
    }
  }

  protected override maskCopy(index: number, masks: Uint8Array): void {
    const offset = index * this.choices;
    clearMask(masks, offset, this.choices);
    try {
      this.#dynamics.actionMask!(index, masks, offset);
      checkMask(masks, offset, this.choices);
    } catch (error) {
      const at = `at step ${this.#elapsed[index]} of the episode`;
      const where = `${this.#nameOf(index)}.batch.actionMask`;
      if (!(error instanceof ContractBreach)) throw thrownError(where, at, error);
      throw new error.kind({ ...error.details, where, got: `${error.details.got} ${at}` });
    }
  }

  protected override closeAll(): void {}

  protected override snapshotCopy(index: number): unknown {
    return { elapsed: this.#elapsed[index], dynamics: this.#dynamics.snapshot(index) };
  }

  protected override restoreCopy(index: number, snapshot: unknown): void {
    const { elapsed, dynamics } = snapshot as { elapsed: number; dynamics: unknown };
    this.#elapsed[index] = elapsed;
    this.#dynamics.restore(index, dynamics);
  }

  #begin(n: number, obs: DtypeArray): void {
    this.#elapsed[n] = 0;
    try {
      this.#dynamics.init(n, this.rngs[n]!);
    } catch (error) {
      throw thrownError(`${this.#nameOf(n)}.batch.init`, 'at step 0 of the episode', error);
    }
    this.#observe(n, obs);
    if (this.actionMasks) this.maskCopy(n, this.actionMasks);
  }

  #observe(n: number, out: DtypeArray): void {
    const offset = n * this.obsSize;
    try {
      this.#dynamics.observe(n, out, offset);
    } catch (error) {
      throw thrownError(`${this.#nameOf(n)}.batch.observe`, `at step ${this.#elapsed[n]} of the episode`, error);
    }
    for (let i = 0; i < this.obsSize; i++) {
      if (!Number.isFinite(out[offset + i])) throw this.#nonFinite(n, `${out[offset + i]} at element ${i} of the observation`, 'observe');
    }
  }

  #nameOf(n: number): string {
    return `${this.id} (copy ${this.#first + n})`;
  }

  #nonFinite(n: number, got: string, method: string): NonFiniteError {
    return new NonFiniteError({
      where: `${this.#nameOf(n)}.batch.${method}`,
      got: `${got} at step ${this.#elapsed[n]} of the episode`,
      expected: 'finite numbers',
      remedy: 'Look for a division by zero or a state that grows without bound in the environment.',
    });
  }
}

function noMasks(id: string): InvalidOptionsError {
  return new InvalidOptionsError({
    where: `${id}.batch`,
    got: 'copies without actionMask() of an environment that has it',
    expected: 'the same masks from both',
    remedy: 'Give what batch() returns an actionMask(index, out, offset).',
  });
}
