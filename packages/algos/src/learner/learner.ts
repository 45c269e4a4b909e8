import type { Element, Elements, GlobalAbortSignal, GlobalUrl, Space, WithAsyncDispose } from '@pg/core';
import type { NamedTensor } from '@pg/nn';
import type { ActBatchOptions, ActOptions, BatchActions, Policy } from '@pg/policies';
import type { EpisodeSummary } from '../rollouts/episode-statistics.js';
import type { EvaluateOptions, Evaluation } from './evaluate.js';

/** What every update of every algorithm reports. */
export interface Update extends EpisodeSummary {
  /** Environment steps so far, over all copies. */
  readonly step: number;
  /** Updates so far. */
  readonly updates: number;
  /** Mean standard deviation σ of a Gaussian policy after the update, where σ does not depend on the observation; absent elsewhere. */
  readonly std?: number;
  /** Euclidean norm of the gradients before clipping. */
  readonly gradientNorm: number;
  /** The learning rate that was used. */
  readonly learningRate: number;
}

/** How long to train. */
export interface TrainOptions<TUpdate extends Update = Update> {
  /** Environment steps, over all copies; training stops with the first update that reaches them. */
  readonly steps: number;
  /**
   * Asked after each update: true ends training with that update, which is still yielded. `reachesReturn(475)` is one; a schedule's
   * progress is not changed by it. It answers at once: a promise is refused with an InvalidOptionsError. The update that it was asked
   * about counts even so, as it does when it throws.
   */
  readonly until?: (update: TUpdate) => boolean;
  /** Stops training after the update that is running when it fires. */
  readonly signal?: GlobalAbortSignal;
  /** Steps, counted from the very beginning, at which schedules reach their end; the end of this call by default. */
  readonly horizon?: number;
}

/** A run: an environment, a policy and an algorithm that are learning. */
export interface Learner<TObs extends Space, TAct extends Space, TUpdate extends Update> extends WithAsyncDispose {
  /** The policy as it is now; the same object throughout, brought up to date when it is asked for. */
  readonly policy: Policy<TObs, TAct>;
  /**
   * The gradients of the last step of the optimiser as it used them, clipped; zeros before the first, and after an update that failed. To
   * look at, for example in histograms: the next update writes over them.
   */
  readonly gradients: readonly NamedTensor[];
  /** Environment steps so far. */
  readonly step: number;
  /**
   * Trains, one update for each turn of the loop. Leaving the loop stops it; calling again goes on.
   *
   * An update that throws is undone wholly: the policy, a checkpoint that is saved then, the optimiser, random streams and all that is
   * counted are as before it. Environments cannot go back: they start new episodes with the next update, if there is one. An
   * environment that threw is closed, and with it the learner can neither train on nor be saved as a checkpoint; its policy can be saved.
   *
   * @throws InvalidOptionsError when an option is wrong
   * @throws DisposedError after `dispose`
   * @throws BusyError while another loop over this learner has not ended
   * @throws NonFiniteError when gradients are no longer finite; the update is undone
   * @example
   * ```ts
   * for await (const update of learner.train({ steps: 100_000 })) {
   *   if (update.meanReturn >= 475) break;
   * }
   * ```
   */
  train(options: TrainOptions<TUpdate>): AsyncGenerator<TUpdate, void, undefined>;
  /**
   * Chooses an action: drawn, or the most probable one with `greedy`; of those that a `mask` allows, if there is one. As {@link Policy.act}.
   *
   * @throws InvalidShapeError when it is no observation of the environment
   * @throws NonFiniteError when a number of it is NaN or infinite
   * @throws DisposedError after `dispose`
   */
  act(obs: Element<TObs>, options?: ActOptions): Element<TAct>;
  /** Chooses an action for each of N observations, [N, observation size]; as {@link Policy.actBatch}. */
  actBatch(observations: Elements<TObs> | Float32Array, options?: ActBatchOptions): BatchActions<TAct>;
  /**
   * Plays fresh episodes with the policy as it is, without disturbing training. `maxSteps` cuts episodes that do not end, `signal` stops it.
   *
   * @throws InvalidOptionsError when an option is wrong
   * @throws the reason of the signal, when that fires
   * @throws DisposedError after `dispose`
   */
  evaluate(options?: EvaluateOptions): Promise<Evaluation>;
  /**
   * Writes the policy, for use without a learner, to a file that `loadPolicy` reads, whole or not at all.
   *
   * @throws UnavailableError where there is no file system, or when it refuses
   * @throws DisposedError after `dispose`
   */
  save(path: string | GlobalUrl): Promise<void>;
  /**
   * Writes everything that training goes on from to a file, whole or not at all: the file from before stays until the new one is
   * complete, whatever happens. The builder's `load` reads it. It holds the state at the time of the call; training may go on, and of several calls for one path the last one stays.
   *
   * @throws InvalidOptionsError when the environment's state is not plain data
   * @throws UnavailableError where there is no file system, or when it refuses
   * @example
   * ```ts
   * for await (const update of learner.train({ steps: 1_000_000 })) {
   *   if (update.updates % 100 === 0) await learner.saveCheckpoint('run.safetensors');
   * }
   * ```
   */
  saveCheckpoint(path: string | GlobalUrl): Promise<void>;
  /**
   * What `saveCheckpoint` writes, as bytes; the same state gives the same bytes.
   *
   * @throws InvalidOptionsError when the environment's state is not plain data
   */
  toCheckpoint(): Uint8Array<ArrayBuffer>;
  /** Gives the memory back; any use afterwards is a DisposedError. `await using` calls it. */
  dispose(): void;
}
