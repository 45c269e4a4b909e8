import type { DtypeArray, Rng } from '@pg/core';
import type { EndedEpisode } from '../env/ended-episode.js';
import type { EnvCopy } from '../env/wrapper.js';
import type { Picture } from '../rendering/picture.js';

/** A layer around a copy that passes everything on; others change what they are there for. */
export class CopyLayer implements EnvCopy {
  /** The copy that this layer is around. */
  protected readonly inner: EnvCopy;

  constructor(inner: EnvCopy) {
    this.inner = inner;
  }

  get reward(): number {
    return this.inner.reward;
  }

  get terminated(): boolean {
    return this.inner.terminated;
  }

  get truncated(): boolean {
    return this.inner.truncated;
  }

  get endedEpisode(): EndedEpisode | undefined {
    return this.inner.endedEpisode;
  }

  begin(rng: Rng): void {
    this.inner.begin(rng);
  }

  step(action: number | Float32Array, rng: Rng): void {
    this.inner.step(action, rng);
  }

  observe(out: DtypeArray, offset: number): void {
    this.inner.observe(out, offset);
  }

  actionMask(out: Uint8Array, offset: number): void {
    this.inner.actionMask?.(out, offset);
  }

  snapshot(): unknown {
    return this.inner.snapshot();
  }

  restore(snapshot: unknown): void {
    this.inner.restore(snapshot);
  }

  render(): Picture {
    return this.inner.render();
  }

  close(): void {
    this.inner.close();
  }
}
