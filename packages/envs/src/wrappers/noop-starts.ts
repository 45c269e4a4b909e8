import { contains, type Discrete, describeSpace, describeValue, InvalidOptionsError, parseOptions, type Rng, type Space } from '@pg/core';
import * as z from 'zod/mini';
import { CopyLayer } from '../copy/copy-layer.js';
import type { EnvCopy, PipedEnv, Wrapper } from '../env/wrapper.js';
import { AllowedChoices } from './allowed-choices.js';
import { requireCount } from './require-option.js';
import { requirePiped } from './require-piped.js';

/** What {@link noopStarts} can be told. */
export interface NoopStartsOptions {
  /** The choice that does nothing; 0 by default. */
  readonly action?: number;
}

const schema = z.strictObject({ action: z._default(z.int(), 0) });

/**
 * Every episode begins with 1 to `most` steps that do nothing, all numbers alike, so that episodes of a deterministic game differ
 * (Mnih et al. 2015; NoopResetEnv of Stable-Baselines3). An episode that ends during them starts anew and takes the rest.
 * Their rewards are lost, and time limits in front of it count them. Where the environment says which actions are allowed, they end
 * where doing nothing is not.
 *
 * @throws InvalidOptionsError when `most` is no positive whole number, or `action` no choice of the environment
 */
export function noopStarts(
  most: number,
  options: NoopStartsOptions = {},
): <TObs extends Space, N extends number>(space: TObs, env: PipedEnv<Discrete<N>>) => Wrapper<TObs, Discrete<N>> {
  requireCount('noopStarts', 'most', most);
  const { action } = parseOptions('noopStarts', schema, options);
  return (space, env) => {
    requirePiped('noopStarts', space, env);
    if (env.actionSpace.kind !== 'discrete' || !contains(env.actionSpace, action)) throw noSuchAction(env.actionSpace, action);
    return { name: `noopStarts(${most})`, space, actionSpace: env.actionSpace, wrap: (copy) => new NoopStartsLayer(copy, { most, action }, env) };
  };
}

function noSuchAction(space: Space, action: number): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'noopStarts',
    got: `the action ${describeValue(action)} for ${describeSpace(space)}`,
    expected: 'a choice of the environment that does nothing',
    remedy: 'Set "action", behind an environment with Discrete actions.',
  });
}

class NoopStartsLayer extends CopyLayer {
  readonly #most: number;
  readonly #action: number;

  readonly #allowed: AllowedChoices;

  constructor(inner: EnvCopy, { most, action }: { readonly most: number; readonly action: number }, env: PipedEnv) {
    super(inner);
    this.#allowed = new AllowedChoices(inner, env);
    this.#most = most;
    this.#action = action;
  }

  override begin(rng: Rng): void {
    super.begin(rng);
    for (let left = 1 + rng.integer(this.#most); left > 0 && this.#allowed.has(this.#action); left--) {
      this.inner.step(this.#action, rng);
      if (this.inner.terminated || this.inner.truncated) super.begin(rng);
    }
  }
}
