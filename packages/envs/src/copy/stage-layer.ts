import { createElements, type DtypeArray, type ObservationTransform, type Rng, type Space, type Stage } from '@pg/core';
import type { EnvCopy } from '../env/wrapper.js';
import { CopyLayer } from './copy-layer.js';

/** A stage of preprocessing: transforms every observation once, when it comes to be, because transforms may remember. */
export class StageLayer extends CopyLayer {
  readonly #input: DtypeArray;
  readonly #output: DtypeArray;
  readonly #transform: ObservationTransform;

  constructor(inner: EnvCopy, stage: Stage, space: Space) {
    super(inner);
    this.#input = createElements(space);
    this.#output = createElements(stage.space);
    this.#transform = stage.create();
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#transformObservation(true);
  }

  override step(action: number | Float32Array, rng: Rng): void {
    super.step(action, rng);
    this.#transformObservation(false);
  }

  override observe(out: DtypeArray, offset: number): void {
    out.set(this.#output, offset);
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), output: this.#output.slice(), memory: this.#transform.snapshot?.() };
  }

  override restore(snapshot: unknown): void {
    const { inner, output, memory } = snapshot as { inner: unknown; output: DtypeArray; memory: unknown };
    super.restore(inner);
    this.#output.set(output);
    this.#transform.restore?.(memory);
  }

  #transformObservation(first: boolean): void {
    this.inner.observe(this.#input, 0);
    this.#transform.apply(this.#input, this.#output, first);
  }
}
