import type { DtypeArray, Rng, SparseRows } from '@pg/core';
import type { Shortcut } from '../env/dynamics.js';
import type { EnvCopy } from '../env/wrapper.js';
import { CopyLayer } from './copy-layer.js';

/** An environment's own way around the first stages. */
export class ShortcutLayer extends CopyLayer {
  readonly #shortcut: Shortcut;

  constructor(inner: EnvCopy, shortcut: Shortcut) {
    super(inner);
    this.#shortcut = shortcut;
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#shortcut.begin();
  }

  override step(action: number | Float32Array, rng: Rng): void {
    super.step(action, rng);
    this.#shortcut.step();
  }

  override observe(out: DtypeArray, offset: number): void {
    this.#shortcut.observe(out, offset);
  }

  observeSparse(out: SparseRows, row: number): boolean {
    return this.#shortcut.observeSparse?.(out, row) ?? false;
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), shortcut: this.#shortcut.snapshot() };
  }

  override restore(snapshot: unknown): void {
    const { inner, shortcut } = snapshot as { inner: unknown; shortcut: unknown };
    super.restore(inner);
    this.#shortcut.restore(shortcut);
  }
}
