import { IncompatiblePolicyError, InvalidOptionsError, type OptionSchema, parseOptions } from '@pg/core';
import type { Composition } from '../builder/algorithm-builder.js';
import { requireComposition } from '../builder/algorithm-builder.js';
import type { AnyEnv, AnyPolicy } from '../builder/fits.js';
import { lengthOf, type RolloutPlan } from '../rollouts/plan.js';
import type { PlayShape } from '../rollouts/played-rollouts.js';
import type { MailShape } from '../shards/shard-mail.js';
import { shardsOf } from '../shards/shard-options.js';
import type { StepOptions } from '../training/optimize.js';
import type { RunSettings } from '../training/run.js';
import type { CommonOptions, Definition, Refusal, Setting } from './definition.js';
import { kindOf, type OptionShape } from './option-kinds.js';

/** A definition of any algorithm. */
export type AnyDefinition = Omit<
  Definition<string, OptionShape, 'any policy', object | undefined, object>,
  'update' | 'resolve' | 'rollout' | 'minibatch' | 'state'
> & {
  readonly needs: string;
  /** Checks its options and fills in the defaults. */
  readonly schema: OptionSchema<Record<string, unknown>>;
  readonly update: (setting: never) => Generator<never, object, unknown>;
  readonly resolve?: (options: never, setting: Setting) => object | undefined;
  readonly rollout: (options: never, setting: Setting) => RolloutPlan;
  readonly minibatch?: (options: never) => number;
  readonly state?: (setting: never) => object | undefined;
};

/** The definition of an algorithm. */
export function definitionOf(algorithm: { readonly '~definition': object }): AnyDefinition {
  return algorithm['~definition'] as AnyDefinition;
}

/** The options of an algorithm, the defaults filled in. */
type FilledOptions = Readonly<Record<string, unknown>> & CommonOptions & Omit<StepOptions, 'learningRate'>;

/** What the learner and each of its workers make of a composition. */
export interface RunPlan {
  readonly definition: AnyDefinition;
  readonly options: FilledOptions;
  /** The names of its own options that may be schedules. */
  readonly scheduled: readonly string[];
  readonly settings: RunSettings;
  readonly play: PlayShape;
  readonly mail: MailShape;
  /** The algorithm's own state at the beginning of a run, of a shard with so many copies. */
  stateFor(numEnvs: number): object | undefined;
}

/** Moments that a page can ask for at once beside those of minibatches. */
const SPARE_MOMENTS = 16;

/** The fewest steps that a shard gives to a minibatch by default. */
const FEWEST_STEPS = 32;

/**
 * Decides everything that has to be known before anything runs.
 *
 * @throws InvalidOptionsError when an option is wrong, or options do not go together
 * @throws IncompatiblePolicyError when the policy is not what the algorithm needs
 */
export function planRun(definition: AnyDefinition, composition: Composition<unknown>): RunPlan {
  const { name, schema } = definition;
  requireComposition(name, composition);
  const { env, policy } = composition;
  requireNeeds(name, definition.needs, policy);
  const setting: Setting = { numEnvs: env.numEnvs, maxSteps: env.maxSteps, policy };
  const options = resolve(definition, parseOptions(name, schema, composition.options ?? {}), setting);
  const plan = definition.rollout(options as never, setting);
  const length = lengthOf(plan, env.maxSteps);
  const size = minibatchSize(definition, options, { plan, rows: length * env.numEnvs });
  const shards = countShards(name, options, { env, size });
  const kinds = Object.entries(definition.options).map(([key, option]) => [key, kindOf(option)] as const);
  const layout = kinds.filter(([, kind]) => kind.isFixed).map(([key]) => [key, layoutValue(options[key])]);
  const scheduled = kinds.filter(([, kind]) => kind.isScheduled).map(([key]) => key);
  const bootstraps = definition.needs !== 'any policy';
  return {
    definition,
    options,
    scheduled,
    settings: {
      algorithm: name,
      schema,
      needsCritic: bootstraps,
      optimizer: options.optimizer,
      shards,
      rows: (numEnvs) => (length + (bootstraps ? 2 : 1)) * numEnvs,
      layout: Object.fromEntries(layout),
    },
    play: { plan, length, bootstraps, minibatch: size === undefined ? undefined : { size: size / shards, parts: shards } },
    mail: {
      schedules: scheduled.length,
      moments: SPARE_MOMENTS + (size === undefined ? 0 : Math.ceil((length * env.numEnvs) / size)),
      episodes: plan.kind === 'episodes' ? plan.size : length,
    },
    stateFor: (numEnvs) => definition.state?.({ numEnvs, options } as never),
  };
}

function resolve(definition: AnyDefinition, options: Record<string, unknown>, setting: Setting): FilledOptions {
  const resolved = definition.resolve?.(options as never, setting);
  if (resolved === undefined) return options as FilledOptions;
  if (!('remedy' in resolved)) return { ...options, ...resolved } as FilledOptions;
  const { policy, ...words } = resolved as Refusal;
  const Kind = policy ? IncompatiblePolicyError : InvalidOptionsError;
  throw new Kind({ where: definition.name, ...words });
}

/** Rows of a minibatch over all shards; undefined without minibatches. */
function minibatchSize(
  definition: AnyDefinition,
  options: FilledOptions,
  { plan, rows }: { readonly plan: RolloutPlan; readonly rows: number },
): number | undefined {
  if (!definition.minibatch) return undefined;
  if (plan.kind === 'steps') return Math.min(definition.minibatch(options as never), rows);
  throw new InvalidOptionsError({
    where: definition.name,
    got: `minibatches of rollouts of ${plan.kind}`,
    expected: 'rollouts of steps, which all have the same length',
    remedy: 'Use rollout: ({ rolloutLength }) => steps(rolloutLength).',
  });
}

/** S, the number of shards. */
function countShards(
  name: string,
  { shards: asked, minibatchSize }: FilledOptions,
  { env, size }: { readonly env: AnyEnv; readonly size: number | undefined },
): number {
  const shards = shardsOf(name, asked, env, (shards) => size === undefined || (size % shards === 0 && size / shards >= FEWEST_STEPS));
  if (size === undefined || size % shards === 0) return shards;
  throw new InvalidOptionsError({
    where: name,
    got: `shards: ${shards} with minibatchSize: ${minibatchSize ?? size}`,
    expected: `a multiple of ${shards} steps`,
    remedy: 'Every shard gives as many steps to a minibatch: change one of the two.',
  });
}

/** Refuses a policy that the algorithm cannot train; the compiler has said so in TypeScript. */
function requireNeeds(name: string, needs: string, policy: AnyPolicy): void {
  if (needs !== 'a critic and no memory' || !policy.recurrent) return;
  throw new IncompatiblePolicyError({
    where: name,
    got: `${policy.name}, which remembers what it has seen`,
    expected: 'a policy without a memory',
    remedy: 'Use actorCritic, or train it with a2c.',
  });
}

/** A fixed option as checkpoints keep it. */
function layoutValue(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}
