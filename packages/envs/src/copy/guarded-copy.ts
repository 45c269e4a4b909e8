import { type DtypeArray, PgError, type Rng, type SparseRows } from '@pg/core';
import type { EnvCopy } from '../env/wrapper.js';
import type { Picture } from '../rendering/picture.js';
import { ContractBreach } from './contract-breach.js';
import { CopyLayer } from './copy-layer.js';
import { thrownError } from './thrown-error.js';
import type { TimedCopy } from './timed-copy.js';
import { checkMask, clearMask } from './written-mask.js';

/** Who a copy is, and where it says what it is doing. */
export interface CopyIdentity {
  /** Its name in messages: `walk`, or `walk (copy 3)`. */
  readonly name: string;
  /** Its index among the copies. */
  readonly index?: number;
  /** Told the copy and the step of its episode before anything is called, for a thread that watches this one. */
  readonly progress?: Int32Array;
}

/** The outermost layer: whatever goes wrong inside is said to be of this copy and this step of its episode. */
export class GuardedCopy extends CopyLayer {
  readonly #identity: CopyIdentity;
  readonly #choices: number;
  readonly #timed: TimedCopy;

  constructor(inner: EnvCopy, timed: TimedCopy, { choices, ...identity }: CopyIdentity & { readonly choices: number }) {
    super(inner);
    this.#timed = timed;
    this.#identity = identity;
    this.#choices = choices;
  }

  override begin(rng: Rng): void {
    this.#report(0);
    try {
      super.begin(rng);
    } catch (error) {
      throw this.#failure('reset', error);
    }
  }

  override step(action: number | Float32Array, rng: Rng): void {
    this.#report(this.#timed.elapsed + 1);
    try {
      super.step(action, rng);
    } catch (error) {
      throw this.#failure('step', error);
    }
  }

  override observe(out: DtypeArray, offset: number): void {
    try {
      super.observe(out, offset);
    } catch (error) {
      throw this.#failure('observe', error);
    }
  }

  /** Layers that change observations have none: those are written whole. */
  observeSparse(out: SparseRows, row: number): boolean {
    if (this.inner.observeSparse === undefined) return false;
    try {
      return this.inner.observeSparse(out, row);
    } catch (error) {
      throw this.#failure('observe', error);
    }
  }

  override actionMask(out: Uint8Array, offset: number): void {
    clearMask(out, offset, this.#choices);
    try {
      super.actionMask(out, offset);
      checkMask(out, offset, this.#choices);
    } catch (error) {
      throw this.#failure('actionMask', error);
    }
  }

  override snapshot(): unknown {
    return this.#guarded('snapshot', () => super.snapshot());
  }

  override restore(snapshot: unknown): void {
    this.#guarded('restore', () => super.restore(snapshot));
  }

  override render(): Picture {
    return this.#guarded('render', () => super.render());
  }

  #guarded<T>(method: string, call: () => T): T {
    try {
      return call();
    } catch (error) {
      throw this.#failure(method, error);
    }
  }

  #report(step: number): void {
    const { progress, index = 0 } = this.#identity;
    if (progress === undefined) return;
    progress[0] = index;
    progress[1] = step;
  }

  #failure(method: string, error: unknown): unknown {
    const { name } = this.#identity;
    const at = `at step ${this.#timed.elapsed} of the episode`;
    if (PgError.isInstance(error) && error.where.startsWith(`${name}.`)) return error;
    if (error instanceof ContractBreach) {
      const { kind: Kind, details } = error;
      return new Kind({ ...details, where: `${name}.${method}`, got: `${details.got} ${at}` });
    }
    return thrownError(`${name}.${method}`, at, error);
  }
}
