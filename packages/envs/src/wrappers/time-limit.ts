import type { Rng } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import type { EnvCopy } from '../env/wrapper.js';
import { requireCount } from './require-option.js';
import { requirePiped } from './require-piped.js';

/**
 * Cuts episodes after so many steps, as counted behind everything in front of it: `truncated`, which leaves the last state its
 * future. The environment's own limit stays.
 *
 * @throws InvalidOptionsError when `maxSteps` is no positive whole number
 */
export function timeLimit(maxSteps: number): TransparentWrapper {
  requireCount('timeLimit', 'maxSteps', maxSteps);
  return (space, env) => {
    requirePiped('timeLimit', space, env);
    return {
      name: `timeLimit(${maxSteps})`,
      space,
      actionSpace: env.actionSpace,
      maxSteps: Math.min(maxSteps, env.maxSteps),
      wrap: (copy) => new TimeLimitLayer(copy, maxSteps),
    };
  };
}

class TimeLimitLayer extends CopyLayer {
  readonly #maxSteps: number;
  #elapsed = 0;

  constructor(inner: EnvCopy, maxSteps: number) {
    super(inner);
    this.#maxSteps = maxSteps;
  }

  override get truncated(): boolean {
    return this.inner.truncated || this.#elapsed >= this.#maxSteps;
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#elapsed = 0;
  }

  override step(action: number | Float32Array, rng: Rng): void {
    super.step(action, rng);
    this.#elapsed += 1;
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), elapsed: this.#elapsed };
  }

  override restore(snapshot: unknown): void {
    const { inner, elapsed } = snapshot as { inner: unknown; elapsed: number };
    super.restore(inner);
    this.#elapsed = elapsed;
  }
}
