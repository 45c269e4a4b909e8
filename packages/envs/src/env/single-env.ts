import { createElements, type Element, ResetRequiredError, Rng, type RngState, type Space } from '@pg/core';
import { createCopy } from '../copy/create-copy.js';
import type { Picture } from '../rendering/picture.js';
import { actionMasksOf, notAllowed } from './action-mask.js';
import { checkAction } from './check-action.js';
import { closedError } from './closed-error.js';
import type { EndedEpisode } from './ended-episode.js';
import type { Env, EnvSpec, StepResult } from './env.js';
import { parseSeed } from './seed-options.js';
import { type EnvSnapshot, requireSnapshot } from './snapshot.js';
import { type WithinBounds, withinBounds } from './within-bounds.js';
import type { EnvCopy } from './wrapper.js';

/** The random stream of copy `index` under a root seed; a single environment is copy 0. */
export function envStream(seed: number, index: number): Rng {
  return Rng.fromSeed(seed).stream('env', index);
}

/** `broken`: the environment threw. */
type Phase = 'new' | 'running' | 'ended' | 'broken';

/** What a snapshot of a single environment holds. */
interface Running {
  readonly phase: Phase;
  readonly rng: RngState;
  readonly copy: unknown;
}

/** One environment behind the contract that users see: order of calls and actions are checked, arrays are fresh. */
export class SingleEnv<TObs extends Space, TAct extends Space> implements Env<TObs, TAct> {
  readonly id: string;
  readonly observationSpace: TObs;
  readonly actionSpace: TAct;
  readonly normalization = undefined;
  readonly #copy: EnvCopy;
  /** What is allowed while an episode runs. */
  readonly #mask: Uint8Array | undefined;
  /** Brings actions within bounds that float32 does not represent. */
  readonly #within: WithinBounds | undefined;
  #rng: Rng;
  #phase: Phase = 'new';
  #closed = false;

  constructor(spec: EnvSpec<TObs, TAct, boolean>, seed: number) {
    this.id = spec.id;
    this.observationSpace = spec.observationSpace;
    this.actionSpace = spec.actionSpace;
    this.#copy = createCopy(spec['~source'], { name: spec['~source'].definition.id });
    this.#mask = actionMasksOf(spec);
    this.#within = withinBounds(spec.actionSpace, 1);
    this.#rng = envStream(seed, 0);
  }

  get actionMask(): Uint8Array | undefined {
    return this.#phase === 'running' ? this.#mask?.slice() : undefined;
  }

  get lastEpisode(): EndedEpisode | undefined {
    return this.#copy.endedEpisode;
  }

  reset(options: { readonly seed?: number } = {}): Element<TObs> {
    this.#requireOpen('reset');
    const seed = parseSeed(`${this.id}.reset`, options);
    this.#phase = 'broken'; // and stays so if the environment throws
    if (seed !== undefined) this.#rng = envStream(seed, 0);
    this.#copy.begin(this.#rng);
    const obs = this.#element();
    if (this.#mask) this.#copy.actionMask?.(this.#mask, 0);
    this.#phase = 'running';
    return obs;
  }

  step(action: Element<TAct>): StepResult<TObs> {
    this.#requireOpen('step');
    if (this.#phase !== 'running') throw this.#resetRequired('step');
    checkAction(this.id, this.actionSpace, action);
    if (this.#mask && !this.#mask[action as number]) throw notAllowed(this.id, action as number, this.#mask);
    this.#phase = 'broken';
    this.#copy.step(this.#within?.(action as Float32Array) ?? (action as number | Float32Array), this.#rng);
    const obs = this.#element();
    const { reward, terminated, truncated } = this.#copy;
    const ended = terminated || truncated;
    if (this.#mask && !ended) this.#copy.actionMask?.(this.#mask, 0);
    this.#phase = ended ? 'ended' : 'running';
    return { obs, reward, terminated, truncated };
  }

  snapshot(): EnvSnapshot {
    this.#requireOpen('snapshot');
    const running: Running = { phase: this.#phase, rng: this.#rng.state(), copy: this.#phase === 'new' ? undefined : this.#copy.snapshot() };
    return { id: this.id, numEnvs: 1, data: running };
  }

  restore(snapshot: EnvSnapshot): void {
    this.#requireOpen('restore');
    requireSnapshot({ id: this.id, numEnvs: 1 }, snapshot);
    const { phase, rng, copy } = snapshot.data as Running;
    this.#rng = Rng.fromState(rng);
    this.#phase = phase;
    if (phase !== 'new') this.#copy.restore(copy);
    if (this.#mask && phase === 'running') this.#copy.actionMask?.(this.#mask, 0);
  }

  render(): Picture {
    this.#requireOpen('render');
    if (this.#phase === 'new') throw this.#resetRequired('render');
    return this.#copy.render();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#copy.close();
  }

  #element(): Element<TObs> {
    const obs = createElements(this.observationSpace);
    this.#copy.observe(obs, 0);
    return (this.observationSpace.kind === 'discrete' ? obs[0] : obs) as Element<TObs>;
  }

  #requireOpen(method: string): void {
    if (this.#closed) throw closedError(this.id, method);
  }

  #resetRequired(method: string): ResetRequiredError {
    const ended = this.#phase === 'broken' ? 'a step after the environment failed' : "a step after the episode's end";
    const got = this.#phase === 'new' ? `a ${method} before the first reset` : ended;
    return new ResetRequiredError({ where: `${this.id}.${method}`, got, expected: 'a running episode', remedy: 'Call reset() first.' });
  }
}
