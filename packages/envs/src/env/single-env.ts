import { type Element, ResetRequiredError, Rng, type Space } from '@pg/core';
import { checkAction } from './check-action.js';
import type { Env, EnvSpec, StepResult } from './env.js';
import { Episode } from './episode.js';
import { parseSeed } from './seed-options.js';

/** The random stream of copy `index` under a root seed; a single environment is copy 0. */
export function envStream(seed: number, index: number): Rng {
  return Rng.fromSeed(seed).stream('env', index);
}

/** One environment behind the contract that users see: order of calls and actions are checked, arrays are fresh. */
export class SingleEnv<TObs extends Space, TAct extends Space> implements Env<TObs, TAct> {
  readonly id: string;
  readonly observationSpace: TObs;
  readonly actionSpace: TAct;
  readonly #episode: Episode;
  #rng: Rng;
  #phase: 'new' | 'running' | 'ended' = 'new';

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number) {
    this.id = spec.id;
    this.observationSpace = spec.observationSpace;
    this.actionSpace = spec.actionSpace;
    this.#episode = new Episode(spec['~source']);
    this.#rng = envStream(seed, 0);
  }

  reset(options: { readonly seed?: number } = {}): Element<TObs> {
    const seed = parseSeed(`${this.id}.reset`, options);
    if (seed !== undefined) this.#rng = envStream(seed, 0);
    this.#episode.begin(this.#rng);
    this.#phase = 'running';
    return this.#element();
  }

  step(action: Element<TAct>): StepResult<TObs> {
    if (this.#phase !== 'running') throw this.#resetRequired();
    checkAction(this.id, this.actionSpace, action);
    this.#phase = 'ended'; // and stays so if the environment throws
    this.#episode.advance(action, this.#rng);
    const { reward, terminated, truncated } = this.#episode;
    if (!terminated && !truncated) this.#phase = 'running';
    return { obs: this.#element(), reward, terminated, truncated };
  }

  #element(): Element<TObs> {
    const { obs } = this.#episode;
    return (this.observationSpace.kind === 'discrete' ? obs[0] : obs.slice()) as Element<TObs>;
  }

  #resetRequired(): ResetRequiredError {
    const got = this.#phase === 'new' ? 'a step before the first reset' : "a step after the episode's end";
    return new ResetRequiredError({ where: `${this.id}.step`, got, expected: 'a running episode', remedy: 'Call reset() first.' });
  }
}
