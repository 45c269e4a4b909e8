import type { Space } from '@pg/core';
import type { ThreadTask } from '@pg/core/threads';
import { type AlgorithmBuilder, type Composition, createBuilder, type LearnerOf, type TypedComposition } from '../builder/algorithm-builder.js';
import type { AnyEnv, AnyPolicy, Needs, Unset } from '../builder/fits.js';
import { learn } from '../learner/learn.js';
import type { Learner, Update } from '../learner/learner.js';
import { serveShards } from '../shards/serve-shards.js';
import type { ShardsTask } from '../shards/shards-task.js';
import { optionsSchema } from './common-schema.js';
import type { CheckMetrics, CheckState, Definition, GivenOptions, ScheduledKeys } from './definition.js';
import type { OptionShape } from './option-kinds.js';
import { type AnyDefinition, planRun } from './plan-run.js';

/** An algorithm as a value: call it to compose step by step, or give everything to `create` at once. */
export interface Algorithm<TName extends string, TOptions, TUpdate extends Update, TNeeds extends Needs> {
  /** A builder in which nothing has been set. */
  (): AlgorithmBuilder<Unset, Unset, TOptions, TUpdate, TNeeds>;
  /**
   * The plain twin of the builder: everything in one object.
   *
   * @throws InvalidOptionsError when an option is wrong
   * @throws IncompatiblePolicyError when the policy does not fit the environment or the algorithm
   */
  create<const E extends AnyEnv, P extends AnyPolicy>(composition: TypedComposition<E, P, TOptions, TNeeds>): LearnerOf<E, TUpdate>;
  /** Its name. */
  readonly algorithm: TName;
  /** Its definition, for runners. */
  readonly '~definition': object;
  /** Its types, for {@link OptionsOf} and {@link UpdateOf}. */
  readonly '~types'?: { readonly options: TOptions; readonly update: TUpdate };
}

/** Any algorithm. */
// biome-ignore lint/suspicious/noExplicitAny: stands for every algorithm
export type AnyAlgorithm = Algorithm<string, any, any, any>;

/** The options of an algorithm. */
export type OptionsOf<T extends AnyAlgorithm> = NonNullable<T['~types']>['options'];

/** The record of an algorithm's updates. */
export type UpdateOf<T extends AnyAlgorithm> = NonNullable<T['~types']>['update'];

/**
 * Makes an algorithm of its options and its update. The update is a generator that reads in the order of the algorithm; where it says
 * `yield*`, all parts of the batch meet. It never learns how many parts there are, or on which threads.
 *
 * @example
 * ```ts
 * export const vanilla = defineAlgorithm({
 *   name: 'vanilla',
 *   needs: 'a critic',
 *   options: { gamma: fraction(0.99), lambda: fraction(0.95), rolloutLength: fixed(count(32)), entropyCoef: scheduled(0), valueCoef: weight(0.5) },
 *   rollout: ({ rolloutLength }) => steps(rolloutLength),
 *   *update({ collect, options }) {
 *     const rollout = yield* collect();
 *     const { advantages, targets } = gae(rollout, options);
 *     yield* standardize(advantages, rollout.valid);
 *     const policy = policyGradientLoss(rollout, advantages, options);
 *     const critic = valueLoss(rollout, targets, options);
 *     return (yield* descend(rollout, { ...policy, ...critic })).losses;
 *   },
 * });
 * ```
 */
export function defineAlgorithm<
  const TName extends string,
  TShape extends OptionShape,
  const TNeeds extends Needs,
  TMetrics extends object,
  TState = undefined,
>(
  definition: Definition<TName, TShape, TNeeds, TState, TMetrics> & CheckMetrics<TMetrics> & CheckState<TState>,
): Algorithm<TName, GivenOptions<TShape>, Update & { readonly [K in ScheduledKeys<TShape>]: number } & TMetrics, TNeeds> {
  const { name, options, defaults = {} } = definition;
  const schema = optionsSchema(options, defaults);
  const checked = { ...definition, schema } as unknown as AnyDefinition;
  const plan = (composition: Composition<unknown>) => planRun(checked, composition);
  const create = (composition: Composition<unknown>): Learner<Space, Space, Update> => learn(plan(composition), composition);
  const work = (composition: Composition<unknown>, task: ThreadTask<never>) => serveShards(plan(composition), composition, task as ThreadTask<ShardsTask>);
  const algorithm = (...none: unknown[]) => createBuilder({ name, schema, create, work }, none);
  Object.defineProperty(algorithm, 'name', { value: name });
  return Object.assign(algorithm, { create, algorithm: name, '~definition': checked }) as never;
}
