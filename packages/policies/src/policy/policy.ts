import {
  contains,
  DisposedError,
  describeSpace,
  describeValue,
  type Element,
  type Elements,
  type GlobalUrl,
  InvalidActionError,
  InvalidOptionsError,
  NonFiniteError,
  type ObservationScaling,
  Rng,
  type Space,
  type WithDispose,
} from '@pg/core';
import { writeFileAtomically } from '@pg/core/files';
import { type DiagonalGaussianSpec, type Distribution, type Engine, hasState, type NamedTensor, wasmEngine } from '@pg/nn';
import { encodePolicyFile } from '../files/policy-file.js';
import type { PolicyModel, PolicySpaces } from '../specs/policy-spec.js';
import { type ActBatchOptions, type ActOptions, checkActOptions } from './act-options.js';
import type { MaskOptions } from './action-mask.js';
import { BatchActor, type PolicyNow } from './batch-actor.js';
import { BatchSession } from './batch-session.js';
import { NetworkRows, type RowsParts } from './network-rows.js';
import { checkPolicyParts, checkSessionOptions } from './policy-options.js';
import type { PolicyBatchSession, PolicySession } from './session.js';
import { squashedEntropy, unsquash } from './squashed-actions.js';
import { type BatchActions, toElement } from './to-actions.js';

/** What a running policy is made of. */
export interface PolicyParts<TObs extends Space, TAct extends Space> extends PolicySpaces<TObs, TAct> {
  /** The name of its kind, for example `categorical`. */
  readonly name: string;
  /** Its network. */
  readonly model: PolicyModel;
  /** What it scales observations by before it looks at them; nothing by default. */
  readonly observationScaling?: ObservationScaling | undefined;
  /** What computes it; the WebAssembly engine by default. */
  readonly engine?: Engine | undefined;
  /** Seed of the actions that it draws; 0 by default. */
  readonly seed?: number | undefined;
}

/** A policy with numbers: acts, judges actions, and can be saved. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: it has the method of WithDispose, which not every declaration can name
export class Policy<TObs extends Space = Space, TAct extends Space = Space> implements WithDispose {
  /** The name of its kind, for example `categorical`. */
  readonly name: string;
  /** Where observations lie. */
  readonly observationSpace: TObs;
  /** Where actions lie. */
  readonly actionSpace: TAct;
  /** Its network, without numbers. */
  readonly model: PolicyModel;
  /** Whether it remembers within an episode, so that it acts in a session only. */
  readonly recurrent: boolean;
  /** Where actions are drawn from. */
  readonly rng: Rng;
  /** What it scales observations by before it looks at them, where it has learned on normalised ones; a part of what is saved. */
  observationScaling: ObservationScaling | undefined;
  readonly #parts: RowsParts;
  /** One row, for one observation. */
  readonly #one: NetworkRows;
  readonly #batches: BatchActor;
  readonly #sessions = new Set<BatchSession>();
  #disposed = false;

  /** @throws InvalidOptionsError when a part is missing or wrong */
  constructor(parts: PolicyParts<TObs, TAct>) {
    checkPolicyParts(parts);
    const { name, observationSpace, actionSpace, model, observationScaling, engine = wasmEngine(), seed = 0 } = parts;
    this.name = name;
    this.observationSpace = observationSpace;
    this.actionSpace = actionSpace;
    this.model = model;
    this.rng = Rng.fromSeed(seed).stream('policy');
    this.observationScaling = observationScaling;
    this.recurrent = hasState(model.network);
    this.#parts = { observationSpace, actionSpace, model, engine };
    this.#one = new NetworkRows(this.#parts, 1);
    this.#batches = new BatchActor(this.#parts);
  }

  /** The parameters; writing to their values changes the policy. */
  get parameters(): readonly NamedTensor[] {
    this.#assertAlive('parameters');
    return this.#one.network.parameters;
  }

  /**
   * Chooses an action.
   *
   * @param obs - one observation; numbers outside the space's bounds are let through (but brought within 0 and 255 where
   *   observations are kept as bytes), NaN is not
   * @param options - `greedy`: the most probable action instead of a drawn one; `mask`: the actions that are allowed, for policies
   *   that choose by a softmax
   * @returns an action inside the action space: Gaussian ones are clipped to its bounds, or squashed into them
   * @throws InvalidShapeError when `obs` or `mask` is of another length
   * @throws NonFiniteError when a number of `obs` is NaN or infinite
   * @throws InvalidActionError when the mask allows no action
   * @throws IncompatiblePolicyError for observations that the environment has normalised, when the policy has `observationScaling`
   * @throws InvalidOptionsError for a policy with a memory: that acts in `session()`; and when an option is unknown or wrong
   * @throws DisposedError after `dispose`
   */
  act(obs: Element<TObs>, options: ActOptions = {}): Element<TAct> {
    this.#assertMemoryless('act');
    return this.#act(obs, options);
  }

  /**
   * Chooses an action for each of N observations: what {@link Policy.act} chooses for one after the other, faster.
   *
   * @param observations - [N, observation size], one after the other; what a vectorised environment gives
   * @param options - `greedy`; `masks`, [N, n]: the actions that are allowed, for policies that choose by a softmax
   * @returns [N] choices, or [N, action size] numbers, in an array of their own
   * @throws InvalidOptionsError for a policy with a memory: that acts in `session({ numEnvs })`; otherwise as {@link Policy.act}
   */
  actBatch(observations: Elements<TObs> | Float32Array, options: ActBatchOptions = {}): BatchActions<TAct> {
    this.#assertMemoryless('actBatch', 'policy.session({ numEnvs })');
    checkActOptions('policy.actBatch', 'actBatch', options);
    return this.#batches.act('policy.actBatch', observations, options, this.#now()) as BatchActions<TAct>;
  }

  /**
   * Starts acting step after step; what a policy with a memory needs, and others may use alike. Sessions of one policy do not disturb
   * each other's memory, and follow its parameters. With `numEnvs` a session acts in as many environments at once.
   *
   * @example
   * ```ts
   * const env = cartPole().make({ seed: 1 });
   * const session = policy.session();
   * let obs = env.reset();
   * for (let ended = false; !ended; ) {
   *   const step = env.step(session.act(obs, { greedy: true }));
   *   obs = step.obs;
   *   ended = step.terminated || step.truncated;
   * }
   * session.reset(); // before the next episode
   *
   * const envs = vectorize(cartPole(), { numEnvs: 8 }).make({ seed: 1 });
   * const many = policy.session({ numEnvs: 8 });
   * const { terminated, truncated } = envs.step(many.act(envs.reset()));
   * many.reset(terminated.map((ended, n) => ended | truncated[n]!)); // where an episode has ended
   * ```
   */
  session(options: { readonly numEnvs: number }): PolicyBatchSession<TObs, TAct>;
  // last, because that is the form that other types are inferred from
  session(): PolicySession<TObs, TAct>;
  session(options?: { readonly numEnvs: number }): PolicySession<TObs, TAct> | PolicyBatchSession<TObs, TAct> {
    this.#assertAlive('session');
    if (options === undefined) return this.#sessionOfOne();
    return this.#sessionOfMany(checkSessionOptions(options).numEnvs);
  }

  #sessionOfMany(numEnvs: number): PolicyBatchSession<TObs, TAct> {
    const session = new BatchSession(this.#parts, numEnvs);
    this.#sessions.add(session);
    const dispose = () => {
      if (this.#sessions.delete(session)) session.dispose();
    };
    return {
      numEnvs,
      act: (observations, options = {}) => {
        this.#assertAlive('session.act');
        if (!this.#sessions.has(session)) throw disposed('session.act', 'a session');
        checkActOptions('session.act', 'actBatch', options);
        return session.act(observations, options, this.#now()) as BatchActions<TAct>;
      },
      reset: (where) => session.reset(where),
      dispose,
      [Symbol.dispose]: dispose,
    };
  }

  #sessionOfOne(): PolicySession<TObs, TAct> {
    const { initialState, episodeStarts } = this.#one.network;
    const memory = initialState.map(({ values }) => values.slice());
    let first = 1;
    return {
      act: (obs, options = {}) => {
        this.#assertAlive('session.act');
        for (const [i, { values }] of initialState.entries()) values.set(memory[i]!);
        episodeStarts[0] = first;
        const action = this.#act(obs, options);
        this.#one.network.carryState(0);
        for (const [i, { values }] of initialState.entries()) memory[i]!.set(values);
        first = 0;
        return action;
      },
      reset: () => {
        first = 1;
      },
    };
  }

  /** What networks with more rows follow. */
  #now(): PolicyNow {
    return { parameters: this.parameters, scaling: this.observationScaling, rng: this.rng };
  }

  #act(obs: Element<TObs>, options: ActOptions): Element<TAct> {
    checkActOptions('policy.act', 'act', options);
    const distribution = this.#forward('act', obs, options);
    if (options.greedy) distribution.mode(0, 1);
    else distribution.sample(0, 1, this.rng);
    return toElement(this.actionSpace, distribution.actions) as Element<TAct>;
  }

  /**
   * log π(a|s): of the probability for discrete actions (−∞ for masked ones), of the density for continuous ones. A squashed action at
   * a bound counts as half a float32 step inside. A density that is 0 in float32, of an action that is far away, has −∞ as well.
   *
   * @throws NonFiniteError when the network's outputs are no finite numbers
   * @throws InvalidActionError when the action is outside the action space; otherwise as {@link Policy.act}
   */
  logProb(obs: Element<TObs>, action: Element<TAct>, options: MaskOptions = {}): number {
    this.#assertMemoryless('logProb');
    checkActOptions('policy.logProb', 'judge', options);
    this.#checkAction(action);
    const distribution = this.#forward('logProb', obs, options);
    const squash = squashOf(this.model);
    if (typeof action === 'number') distribution.actions[0] = action;
    else if (squash) distribution.latents.set(unsquash(action, squash));
    else distribution.actions.set(action);
    distribution.evaluate(0, 1);
    return this.#number('logProb', distribution.logProbs[0]!);
  }

  /**
   * The entropy of the distribution over actions, in nats. Of squashed Gaussians it is integrated numerically, to about 1e-4.
   *
   * @throws as {@link Policy.act}
   */
  entropy(obs: Element<TObs>, options: MaskOptions = {}): number {
    this.#assertMemoryless('entropy');
    checkActOptions('policy.entropy', 'judge', options);
    const distribution = this.#forward('entropy', obs, options);
    if (squashOf(this.model)) return this.#number('entropy', squashedEntropy(distribution));
    distribution.mode(0, 1);
    distribution.evaluate(0, 1);
    return this.#number('entropy', distribution.entropies[0]!);
  }

  /**
   * V(s), in units of reward.
   *
   * @throws NonFiniteError when the network's output is no finite number
   * @throws InvalidOptionsError when the policy has no critic; otherwise as {@link Policy.act}
   */
  value(obs: Element<TObs>): number {
    const head = this.model.valueHead;
    if (head === undefined) {
      throw new InvalidOptionsError({
        where: 'policy.value',
        got: `${this.name}, which has no critic`,
        expected: 'a policy with a value function',
        remedy: 'Use actorCritic.',
      });
    }
    this.#assertMemoryless('value');
    this.#forward('value', obs);
    return this.#number('value', this.#one.network.output(head)[0]!);
  }

  /**
   * The policy as one safetensors file: parameters, and in its metadata a JSON description and a checksum. The same policy, the same bytes.
   *
   * @throws NonFiniteError when a parameter is NaN or infinite
   * @throws InvalidOptionsError when the policy is one that no file can describe
   * @throws DisposedError after `dispose`
   */
  toBytes(): Uint8Array<ArrayBuffer> {
    this.#assertAlive('toBytes');
    return encodePolicyFile('policy.toBytes', this, this.parameters);
  }

  /**
   * Writes {@link Policy.toBytes} to a file, whole or not at all.
   *
   * @throws UnavailableError where there is no file system, or when it refuses: folders, pipes, sockets and devices are not replaced
   * @throws as {@link Policy.toBytes}
   */
  async save(path: string | GlobalUrl): Promise<void> {
    this.#assertAlive('save');
    await writeFileAtomically('policy.save', path, encodePolicyFile('policy.save', this, this.parameters));
  }

  /** Gives the memory back; any use afterwards is a DisposedError. `using` calls it. */
  dispose(): void {
    this.#disposed = true;
    this.#one.network.dispose();
    this.#batches.dispose();
    for (const session of this.#sessions) session.dispose();
    this.#sessions.clear();
  }

  /**
   * As {@link Policy.dispose}.
   *
   * @internal Not in the declaration of the class: there it would not compile where `lib` lacks the symbol.
   */
  [Symbol.dispose](): void {
    this.dispose();
  }

  #forward(method: string, obs: Element<TObs>, { mask }: MaskOptions = {}): Distribution {
    this.#assertAlive(method);
    return this.#one.forward(`policy.${method}`, { obs, count: 1, masks: mask, scaling: this.observationScaling });
  }

  /** Refuses what NaN or infinity in the network led to. Of a density, −∞ is a number like others: that of 0. */
  #number(method: string, value: number): number {
    if (Number.isFinite(value) || (method === 'logProb' && value === Number.NEGATIVE_INFINITY)) return value;
    const bad = this.parameters.find(({ values }) => !values.every(Number.isFinite));
    throw new NonFiniteError({
      where: `policy.${method}`,
      got: `${value}${bad ? ` from NaN or infinity in the parameter ${bad.name}` : ''}`,
      expected: 'a finite number',
      remedy: bad
        ? 'Load good parameters, and lower the learning rate.'
        : 'The parameters are finite but too large: lower the learning rate, or scale observations.',
    });
  }

  /** Densities are defined outside the bounds as well, unless they are squashed: a continuous action only has to be as many numbers. */
  #checkAction(action: Element<TAct>): void {
    const { actionSpace } = this;
    const fits = actionSpace.kind === 'discrete' || squashOf(this.model) ? contains(actionSpace, action) : areNumbers(action, actionSpace.low.length);
    if (fits) return;
    throw new InvalidActionError({
      where: 'policy.logProb',
      got: `the action ${describeValue(action)}`,
      expected: `an element of ${describeSpace(actionSpace)}`,
      remedy: 'Pass an action of this environment.',
    });
  }

  /** One observation says little about what a policy does that remembers others. */
  #assertMemoryless(method: string, session = 'policy.session()'): void {
    this.#assertAlive(method);
    if (!this.recurrent) return;
    throw new InvalidOptionsError({
      where: `policy.${method}`,
      got: `${this.name}, which remembers what it has seen`,
      expected: 'a policy without a memory, or a session',
      remedy: `Act with ${session}: its act() takes one observation after the other, its reset() starts an episode.`,
    });
  }

  #assertAlive(method: string): void {
    if (!this.#disposed) return;
    throw disposed(`policy.${method}`, 'a policy');
  }
}

/** `using` disposes of a policy, in programs whose `lib` knows how. */
// biome-ignore lint/correctness/noUnusedVariables: merged declarations have the same parameters
export interface Policy<TObs extends Space = Space, TAct extends Space = Space> extends WithDispose {}

function disposed(where: string, what: 'a policy' | 'a session'): DisposedError {
  const remedy = what === 'a policy' ? 'Load or build it again.' : 'Start another with policy.session({ numEnvs }).';
  return new DisposedError({ where, got: `${what} after dispose()`, expected: what.replace('a ', 'a live '), remedy });
}

function squashOf({ distribution }: PolicyModel): DiagonalGaussianSpec['squash'] {
  return distribution.kind === 'diagonalGaussian' ? distribution.squash : undefined;
}

function areNumbers(value: unknown, length: number): boolean {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return false;
  const numbers = Array.from(value as unknown as ArrayLike<unknown>);
  return numbers.length === length && numbers.every((number) => typeof number === 'number' && !Number.isNaN(number));
}
