import {
  contains,
  describeSpace,
  describeValue,
  elementSize,
  InvalidOptionsError,
  InvalidShapeError,
  NonFiniteError,
  type ObservationTransform,
  type Rng,
} from '@pg/core';
import type { EnvSource } from './env-source.js';

/**
 * One environment's episodes, one after the other: the state, the clock, the stages. Shared by the single and the
 * vectorised environment, which add what each of them promises.
 */
export class Episode {
  /** The reward of the last step. */
  reward = 0;
  /** Whether the last step reached a terminal state. */
  terminated = false;
  /** Whether the last step reached the time limit. */
  truncated = false;
  /** The observation after the last `begin` or `advance`, behind all stages; overwritten by the next. */
  readonly obs: Float32Array;

  readonly #source: EnvSource;
  readonly #buffers: readonly Float32Array[];
  readonly #transforms: readonly ObservationTransform[];
  #state: unknown;
  #elapsed = 0;

  constructor(source: EnvSource) {
    this.#source = source;
    const spaces = [source.definition.observation, ...source.stages.map((stage) => stage.space)];
    this.#buffers = spaces.map((space) => new Float32Array(elementSize(space)));
    this.#transforms = source.stages.map((stage) => stage.create());
    this.obs = this.#buffers.at(-1)!;
  }

  /** Starts an episode. */
  begin(rng: Rng): void {
    this.#state = this.#source.definition.init(rng);
    this.#elapsed = 0;
    this.#observe(true);
  }

  /** Takes one step with an action that has been checked. */
  advance(action: number | Float32Array, rng: Rng): void {
    const { definition } = this.#source;
    const result = definition.step(this.#state, action, rng);
    if (!isWhole(result)) throw incompleteStep(definition.id, result);
    const { state, reward, terminated } = result;
    this.#state = state;
    this.#elapsed += 1;
    // rewards are kept as float32
    if (!Number.isFinite(Math.fround(reward))) throw this.#nonFinite(`the reward ${describeValue(reward)}`, 'step');
    this.reward = reward;
    this.terminated = terminated;
    this.truncated = this.#elapsed >= definition.maxSteps;
    this.#observe(false);
  }

  #observe(first: boolean): void {
    const { definition } = this.#source;
    const raw = this.#buffers[0]!;
    const seen = definition.observe(this.#state);
    if (typeof seen === 'number' && raw.length === 1) raw[0] = seen;
    else this.#copy(seen, raw);
    for (let i = 0; i < raw.length; i++) {
      if (!Number.isFinite(raw[i])) throw this.#nonFinite(`${raw[i]} at element ${i} of the observation`, 'observe');
    }
    if (definition.observation.kind === 'discrete' && !contains(definition.observation, raw[0])) throw this.#noChoice(raw[0]!);
    for (let i = 0; i < this.#transforms.length; i++) this.#transforms[i]!.apply(this.#buffers[i]!, this.#buffers[i + 1]!, first);
  }

  #copy(seen: ArrayLike<number> | number, raw: Float32Array): void {
    if (typeof seen === 'number' || seen?.length !== raw.length) {
      const { id, observation } = this.#source.definition;
      throw new InvalidShapeError({
        where: `${id}.observe`,
        got: countOf(seen),
        expected: `${raw.length}, as ${describeSpace(observation)} has`,
        remedy: 'Return as many numbers as the observation space declares.',
      });
    }
    raw.set(seen);
  }

  #noChoice(seen: number): InvalidShapeError {
    const { id, observation } = this.#source.definition;
    return new InvalidShapeError({
      where: `${id}.observe`,
      got: `${seen} at step ${this.#elapsed} of the episode`,
      expected: `an element of ${describeSpace(observation)}`,
      remedy: 'Return a whole number below the size of the space, from 0 on.',
    });
  }

  #nonFinite(got: string, method: string): NonFiniteError {
    return new NonFiniteError({
      where: `${this.#source.definition.id}.${method}`,
      got: `${got} at step ${this.#elapsed} of the episode`,
      expected: 'finite numbers',
      remedy: 'Look for a division by zero or a state that grows without bound in the environment.',
    });
  }
}

/** For JavaScript authors: an end that is called otherwise would never be seen, and only the library makes `truncated`. */
function isWhole(result: unknown): boolean {
  if (result === null || typeof result !== 'object') return false;
  const { state, terminated, truncated } = result as { state?: unknown; terminated?: unknown; truncated?: unknown };
  return state !== undefined && typeof terminated === 'boolean' && truncated === undefined;
}

function incompleteStep(id: string, result: unknown): InvalidOptionsError {
  return new InvalidOptionsError({
    where: `${id}.step`,
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
