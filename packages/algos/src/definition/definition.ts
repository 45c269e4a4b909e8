import type { Schedule } from '@pg/core';
import type { Optimizer } from '@pg/nn';
import type { Needs } from '../builder/fits.js';
import type { Update } from '../learner/learner.js';
import type { Mistake, Rollout } from '../rollouts/batch.js';
import type { RolloutPlan } from '../rollouts/plan.js';
import type { Ask, YieldStar } from '../update/ask.js';
import type { OptionShape, ScheduledOption } from './option-kinds.js';

/** The options of every algorithm, with these defaults unless its definition has others. */
export interface CommonOptions {
  /**
   * S: the copies form S shards, neighbours together, each with a batch and a random stream of actions of its own; gradients are
   * summed in their order. Chooses the results' last digits, and the most `workers`. A divisor of the number of copies and of
   * the size of minibatches; by default the largest power of two up to 8 that leaves each shard at least 64 copies and 32 steps of
   * a minibatch, and 1 where the environment is normalised.
   */
  readonly shards: number;
  /** Each element of the gradients is clipped to ± this, before `maxGradNorm`; infinite (no clipping) by default. */
  readonly maxGradValue: number;
  /** Gradients are clipped to this Euclidean norm; infinite (no clipping) by default. */
  readonly maxGradNorm: number;
  /** Step size, or a schedule over the run's progress; 1e-3 by default. */
  readonly learningRate: number | Schedule;
  /** Adam by default. */
  readonly optimizer: Optimizer;
}

/** The options that users may set. */
export type GivenOptions<TShape extends OptionShape> = { readonly [K in keyof TShape]: TShape[K]['~given'] } & CommonOptions;

/** The options that an update sees: defaults filled in, schedules evaluated. */
export type UsedOptions<TShape extends OptionShape> = { readonly [K in keyof TShape]: TShape[K]['~used'] } & { readonly learningRate: number };

/** The names of the options that may be schedules: every update reports their values. */
export type ScheduledKeys<TShape extends OptionShape> = { [K in keyof TShape]: TShape[K] extends ScheduledOption ? K : never }[keyof TShape];

/** A composition that cannot be, in the words of its error. */
export interface Refusal {
  readonly got: string;
  readonly expected: string;
  readonly remedy: string;
  /** Whether the policy is at fault rather than the options. */
  readonly policy?: boolean;
}

/** The rest of a composition, as far as options may depend on it. */
export interface Setting {
  /** The number of environments. */
  readonly numEnvs: number;
  /** Steps of an episode at most; infinite without a time limit. */
  readonly maxSteps: number;
  readonly policy: { readonly name: string; readonly critic: boolean; readonly recurrent: boolean };
}

/** An update's surroundings. */
export interface UpdateSetting<TShape extends OptionShape, TNeeds extends Needs, TState> {
  /** Plays the next rollout. */
  readonly collect: () => YieldStar<Rollout<TNeeds>>;
  readonly options: UsedOptions<TShape>;
  /** The algorithm's own state, kept from update to update and in checkpoints. */
  readonly state: TState;
  /** How far the run is, 0 to 1. */
  readonly progress: number;
}

/** An algorithm as its author writes it. */
export interface Definition<TName extends string, TShape extends OptionShape, TNeeds extends Needs, TState, TMetrics> {
  /** The function that users call. */
  readonly name: TName;
  /** Its demands on the policy. */
  readonly needs: TNeeds;
  readonly options: TShape;
  /** Other defaults for the options of every algorithm. */
  readonly defaults?: Partial<CommonOptions>;
  /** Fills in options that depend on the environment or the policy, or says why they cannot be; called once, before anything runs. */
  readonly resolve?: (options: GivenOptions<NoInfer<TShape>>, setting: Setting) => Partial<GivenOptions<NoInfer<TShape>>> | Refusal | undefined;
  /** The size of a rollout. */
  readonly rollout: (options: GivenOptions<NoInfer<TShape>>, setting: Setting) => RolloutPlan;
  /** Steps of a minibatch over all parts, of an algorithm that has such. */
  readonly minibatch?: (options: GivenOptions<NoInfer<TShape>>) => number;
  /** The algorithm's own state at the beginning of a run, beside the parameters and the optimiser's moments: plain data and typed arrays. */
  readonly state?: (setting: { readonly numEnvs: number; readonly options: GivenOptions<NoInfer<TShape>> }) => TState;
  /** One update, in the order of the algorithm. Its record reports the numbers that it returns. */
  readonly update: (setting: UpdateSetting<NoInfer<TShape>, NoInfer<TNeeds>, NoInfer<TState>>) => Generator<Ask, TMetrics, unknown>;
}

/** Nothing where an update returns numbers under names that updates do not have yet, or the sentence. */
export type CheckMetrics<T> = {
  readonly [K in keyof T]-?: K extends keyof Update
    ? `every update says "${K}" already: give that metric another name`
    : T[K] extends number | undefined
      ? never
      : `the metric "${K & string}" is not a number`;
}[keyof T] extends infer TSentence extends string
  ? [TSentence] extends [never]
    ? unknown
    : Mistake<TSentence>
  : unknown;

/** The names under which a state is no plain data. */
export type Unkept<T> = T extends number | string | boolean | null | undefined | ArrayBufferView
  ? never
  : T extends (...args: never) => unknown
    ? true
    : T extends object
      ? { [K in keyof T]-?: Unkept<T[K]> extends never ? never : K }[keyof T]
      : true;

/** Nothing where checkpoints can hold a state, or the sentence. */
export type CheckState<T> = [Unkept<T>] extends [never]
  ? unknown
  : Mistake<`a checkpoint cannot hold the state's "${Unkept<T> & string}": keep plain data and typed arrays`>;
