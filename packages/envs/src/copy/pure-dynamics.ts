import { type DtypeArray, describeSpace, describeValue, elementSize, InvalidOptionsError, InvalidShapeError, type Rng } from '@pg/core';
import type { Dynamics } from '../env/dynamics.js';
import type { EnvDefinition } from '../env/env-definition.js';
import type { Picture } from '../rendering/picture.js';
import { ContractBreach } from './contract-breach.js';

/** A copy of an environment of pure functions: it holds the state. */
export class PureDynamics implements Dynamics {
  reward = 0;
  terminated = false;
  // biome-ignore lint/suspicious/noExplicitAny: the state's type is known to the definition alone
  readonly #definition: EnvDefinition<any, any, any>;
  readonly #size: number;
  readonly #choices: number;
  #state: unknown;
  readonly render?: () => Picture;

  // biome-ignore lint/suspicious/noExplicitAny: each definition has a state and spaces of its own
  constructor(definition: EnvDefinition<any, any, any>) {
    this.#definition = definition;
    this.#size = elementSize(definition.observation);
    this.#choices = definition.action.kind === 'discrete' ? definition.action.size : 0;
    const { render } = definition;
    if (render) this.render = () => render(this.#state);
  }

  begin(rng: Rng): void {
    const state = this.#definition.init(rng);
    if (isPromise(state)) throw promisedState();
    this.#state = state;
    this.reward = 0;
    this.terminated = false;
  }

  step(action: number | Float32Array, rng: Rng): void {
    // authors may keep what they are given
    const result = this.#definition.step(this.#state, typeof action === 'number' ? action : action.slice(), rng);
    if (!isWhole(result)) throw incompleteStep(result);
    this.#state = result.state;
    this.reward = result.reward;
    this.terminated = result.terminated;
  }

  observe(out: DtypeArray, offset: number): void {
    const seen = this.#definition.observe(this.#state);
    if (typeof seen === 'number' && this.#size === 1) out[offset] = seen;
    else if (typeof seen === 'number' || seen?.length !== this.#size) throw this.#wrongLength(seen);
    else out.set(seen, offset);
  }

  actionMask(out: Uint8Array, offset: number): void {
    const mask: ArrayLike<number | boolean> = this.#definition.actionMask!(this.#state);
    if (mask?.length !== this.#choices) throw this.#wrongMask(mask);
    for (let i = 0; i < this.#choices; i++) {
      const entry = mask[i];
      if (entry !== 0 && entry !== 1 && typeof entry !== 'boolean') throw this.#wrongMask(mask);
      out[offset + i] = entry ? 1 : 0;
    }
  }

  /** States are never changed, so the state itself will do. */
  snapshot(): unknown {
    return { state: this.#state, reward: this.reward, terminated: this.terminated };
  }

  restore(snapshot: unknown): void {
    const { state, reward, terminated } = snapshot as { state: unknown; reward: number; terminated: boolean };
    this.#state = state;
    this.reward = reward;
    this.terminated = terminated;
  }

  #wrongMask(mask: unknown): ContractBreach {
    return new ContractBreach(InvalidShapeError, {
      got: mask === undefined || mask === null ? 'nothing' : `the mask ${describeValue(mask)}`,
      expected: `${this.#choices} times 0 or 1, or true or false`,
      remedy: 'Return one entry for each action.',
    });
  }

  #wrongLength(seen: unknown): ContractBreach {
    const { observation } = this.#definition;
    return new ContractBreach(InvalidShapeError, {
      got: countOf(seen),
      expected: `${this.#size}, as ${describeSpace(observation)} has`,
      remedy: 'Return as many numbers as the observation space declares.',
    });
  }
}

/** For JavaScript authors: an end that is called otherwise would never be seen, and only the library makes `truncated`. */
function isWhole(result: unknown): boolean {
  if (result === null || typeof result !== 'object') return false;
  const { state, terminated, truncated } = result as { state?: unknown; terminated?: unknown; truncated?: unknown };
  return state !== undefined && typeof terminated === 'boolean' && truncated === undefined;
}

function incompleteStep(result: unknown): ContractBreach {
  return new ContractBreach(InvalidOptionsError, {
    got: result === undefined ? 'nothing' : describeValue(result),
    expected: 'an object { state, reward, terminated }, terminated true or false',
    remedy: 'Return these three and no truncated: the time limit is maxSteps, and the library adds it.',
  });
}

/** What `observe` returned, in words. */
function countOf(seen: unknown): string {
  if (seen === undefined || seen === null) return 'nothing';
  const length = typeof seen === 'number' ? 1 : (seen as ArrayLike<number>).length;
  if (length === undefined) return describeValue(seen);
  return length === 1 ? '1 number' : `${length} numbers`;
}

function isPromise(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'then' in value && typeof value.then === 'function';
}

function promisedState(): ContractBreach {
  return new ContractBreach(InvalidOptionsError, {
    got: 'a promise of a state',
    expected: 'a state, at once',
    remedy: 'Await what init needs before defineEnv, and return the state itself.',
  });
}
