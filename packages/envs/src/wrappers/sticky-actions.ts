import { elementSize, type Rng } from '@pg/core';
import { CopyLayer } from '../copy/copy-layer.js';
import type { TransparentWrapper } from '../env/transparent-wrapper.js';
import type { EnvCopy, PipedEnv } from '../env/wrapper.js';
import { AllowedChoices } from './allowed-choices.js';
import { requireOption } from './require-option.js';
import { requirePiped } from './require-piped.js';

/**
 * With this probability the action that was executed before is executed once more instead of the new one (Machado et al. 2018,
 * as the Arcade Learning Environment does). An episode's first action is always its own. In front of `frameSkip` it is drawn
 * anew for every frame, as there. Where the environment says which actions are allowed, one that no longer is does not stick.
 *
 * @throws InvalidOptionsError when the probability is not in [0, 1)
 */
export function stickyActions(probability: number): TransparentWrapper {
  const fits = typeof probability === 'number' && probability >= 0 && probability < 1;
  requireOption(fits, 'stickyActions', { name: 'probability', value: probability, expected: 'a number from 0 to below 1' });
  return (space, env) => {
    requirePiped('stickyActions', space, env);
    return {
      name: `stickyActions(${probability})`,
      space,
      actionSpace: env.actionSpace,
      wrap: (copy) =>
        env.actionSpace.kind === 'discrete'
          ? new StickyChoiceLayer(copy, probability, env)
          : new StickyNumbersLayer(copy, probability, elementSize(env.actionSpace)),
    };
  };
}

class StickyChoiceLayer extends CopyLayer {
  readonly #probability: number;
  /** −1 before an episode's first action. */
  #executed = -1;
  readonly #allowed: AllowedChoices;

  constructor(inner: EnvCopy, probability: number, env: PipedEnv) {
    super(inner);
    this.#allowed = new AllowedChoices(inner, env);
    this.#probability = probability;
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#executed = -1;
  }

  override step(action: number | Float32Array, rng: Rng): void {
    if (this.#executed < 0 || rng.uniform() >= this.#probability || !this.#allowed.has(this.#executed)) this.#executed = action as number;
    super.step(this.#executed, rng);
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), executed: this.#executed };
  }

  override restore(snapshot: unknown): void {
    const { inner, executed } = snapshot as { inner: unknown; executed: number };
    super.restore(inner);
    this.#executed = executed;
  }
}

class StickyNumbersLayer extends CopyLayer {
  readonly #probability: number;
  readonly #executed: Float32Array;
  #first = true;

  constructor(inner: EnvCopy, probability: number, size: number) {
    super(inner);
    this.#probability = probability;
    this.#executed = new Float32Array(size);
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    this.#first = true;
  }

  override step(action: number | Float32Array, rng: Rng): void {
    if (this.#first || rng.uniform() >= this.#probability) this.#executed.set(action as Float32Array);
    this.#first = false;
    super.step(this.#executed, rng);
  }

  override snapshot(): unknown {
    return { inner: super.snapshot(), executed: this.#first ? undefined : this.#executed.slice() };
  }

  override restore(snapshot: unknown): void {
    const { inner, executed } = snapshot as { inner: unknown; executed: Float32Array | undefined };
    super.restore(inner);
    this.#first = executed === undefined;
    if (executed) this.#executed.set(executed);
  }
}
