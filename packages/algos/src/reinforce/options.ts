import { IncompatiblePolicyError, InvalidOptionsError, type Schedule } from '@pg/core';
import { adam, type Optimizer } from '@pg/nn';
import * as z from 'zod/mini';
import type { AnyPolicy } from '../builder/fits.js';
import { count, fraction, gradientLimit, optimizer, reduction, scheduled, valueLossKind, weight } from '../training/common-options.js';
import type { Reduction } from '../training/policy-gradient-loss.js';
import { requireSpread } from '../training/require-spread.js';
import type { ValueLossKind } from '../training/value-loss.js';
import type { RolloutSize } from './return-rollouts.js';

/** REINFORCE's settings. */
export interface ReinforceOptions {
  /** Discount γ in [0, 1]; 0.99 by default. */
  readonly gamma: number;
  /**
   * Whole episodes an update, a multiple of the number of environments times `rolloutsPerUpdate`; each environment plays the same
   * number of them. By default the least multiple that is at least 16.
   */
  readonly episodesPerUpdate: number;
  /**
   * Steps of a rollout in every environment, in place of whole episodes. Episodes go on from one rollout to the next, and what
   * lies behind the last step counts as nothing.
   */
  readonly rolloutLength: number;
  /**
   * Rollouts an update, 1 by default: their gradients are averaged, each rollout's alike, or summed as `reduction` says, and need the
   * memory of one. Whole episodes are divided among them.
   */
  readonly rolloutsPerUpdate: number;
  /**
   * S: the copies form S shards, neighbours together, each with a batch and a random stream of actions of its own; gradients are
   * summed in their order. Chooses the results' last digits, and how many `workers` there can be. A divisor of the number of
   * copies; 1 by default.
   */
  readonly shards: number;
  /** Whether returns begin anew at every reward other than 0, as where each ends a point of a game; false by default. */
  readonly resetOnReward: boolean;
  /**
   * What is subtracted from the returns: nothing (default), their mean over the rollout, or the value of the state, which the critic of
   * the policy learns from the returns.
   */
  readonly baseline: 'none' | 'mean-return' | 'value';
  /**
   * Whether returns, less the baseline, are shifted and scaled to mean 0 and standard deviation 1: over each episode, over the rollout,
   * or not (default). The deviation is that of the population, which divides by n: PyTorch's `std()` divides by n − 1. What can never have two
   * steps is refused.
   */
  readonly standardize: 'episode' | 'batch' | false;
  /** Weight β of the entropy in the loss, or a schedule over the run's progress; 0 by default. */
  readonly entropyCoef: number | Schedule;
  /** Weight of the value loss, with the baseline `'value'`; 0.5 by default. */
  readonly valueCoef: number;
  /** What the critic minimises, with the baseline `'value'`: `'squared'`, ½(V − G)², by default, or Huber's loss. */
  readonly valueLoss: ValueLossKind;
  /**
   * Whether the loss is the mean over the update's steps, the default, or their sum. What an update reports are means either way.
   */
  readonly reduction: Reduction;
  /** Each element of the gradients is clipped to ± this, before `maxGradNorm`; infinite (no clipping) by default. */
  readonly maxGradValue: number;
  /** Gradients are clipped to this Euclidean norm; infinite (no clipping) by default. */
  readonly maxGradNorm: number;
  /** Step size, or a schedule over the run's progress; 1e-2 by default. */
  readonly learningRate: number | Schedule;
  /** Adam by default. */
  readonly optimizer: Optimizer;
}

/** The settings with defaults filled in; exactly one of `episodesPerUpdate` and `rolloutLength` is a number. */
export type ResolvedReinforceOptions = Omit<ReinforceOptions, 'episodesPerUpdate' | 'rolloutLength'> & {
  readonly episodesPerUpdate: number | undefined;
  readonly rolloutLength: number | undefined;
};

const standardization = z.custom<ReinforceOptions['standardize']>((value) => value === 'episode' || value === 'batch' || value === false, {
  error: "'episode', 'batch' or false",
});

/** What `reinforce().options` accepts. */
export const reinforceSchema = z.strictObject({
  gamma: z._default(fraction, 0.99),
  episodesPerUpdate: z.optional(count),
  rolloutLength: z.optional(count),
  rolloutsPerUpdate: z._default(count, 1),
  shards: z._default(count, 1),
  resetOnReward: z._default(z.boolean(), false),
  baseline: z._default(z.enum(['none', 'mean-return', 'value']), 'none'),
  standardize: z._default(standardization, false),
  entropyCoef: z._default(scheduled, 0),
  valueCoef: z._default(weight, 0.5),
  valueLoss: z._default(valueLossKind, 'squared'),
  reduction: z._default(reduction, 'mean'),
  maxGradValue: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  maxGradNorm: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  learningRate: z._default(scheduled, 1e-2),
  optimizer: z._default(optimizer, adam()),
});

const FEWEST_EPISODES = 16;

/** Chooses between whole episodes and fixed rollouts, and checks that the choice is possible. */
export function resolveCollection(options: z.infer<typeof reinforceSchema>, numEnvs: number, maxSteps: number): ResolvedReinforceOptions {
  const { episodesPerUpdate, rolloutLength, rolloutsPerUpdate } = options;
  if (rolloutLength !== undefined && episodesPerUpdate !== undefined) {
    throw refuse(
      `both episodesPerUpdate: ${episodesPerUpdate} and rolloutLength: ${rolloutLength}`,
      'one of them',
      'Remove one: updates come after whole episodes or after fixed rollouts.',
    );
  }
  if (rolloutLength !== undefined) return { ...options, rolloutLength, episodesPerUpdate };
  if (maxSteps === Number.POSITIVE_INFINITY) {
    throw refuse('whole episodes of an environment without a time limit', 'episodes that end', 'Set rolloutLength, or give the environment a finite maxSteps.');
  }
  const unit = numEnvs * rolloutsPerUpdate;
  const episodes = episodesPerUpdate ?? unit * Math.ceil(FEWEST_EPISODES / unit);
  if (episodes % unit !== 0) {
    throw refuse(
      `episodesPerUpdate: ${episodes} with ${numEnvs} environments${rolloutsPerUpdate === 1 ? '' : ` and rolloutsPerUpdate: ${rolloutsPerUpdate}`}`,
      `a multiple of ${unit}`,
      `Use ${Math.ceil(episodes / unit) * unit}: each environment plays the same number of episodes.`,
    );
  }
  return { ...options, rolloutLength, episodesPerUpdate: episodes };
}

/** What a rollout collects of copies, all or some of them. */
export function rolloutSize(options: ResolvedReinforceOptions, { numEnvs, maxSteps }: { readonly numEnvs: number; readonly maxSteps: number }): RolloutSize {
  const { episodesPerUpdate, rolloutLength, rolloutsPerUpdate } = options;
  if (episodesPerUpdate === undefined) return { episodes: 0, length: rolloutLength! };
  const episodes = episodesPerUpdate / rolloutsPerUpdate / numEnvs;
  return { episodes, length: episodes * maxSteps };
}

/** Refuses to standardise, or to subtract the mean return, where that leaves nothing to learn from. */
export function requireLearnableRollouts(options: ResolvedReinforceOptions, env: { readonly numEnvs: number; readonly maxSteps: number }): void {
  const { standardize, baseline } = options;
  const { episodes, length } = rolloutSize(options, env);
  const wholeEpisodes = episodes > 0;
  if (standardize === 'episode') {
    const steps = Math.min(length, env.maxSteps);
    const remedy = wholeEpisodes || length > 1 ? "Use standardize: 'batch'" : 'Use a longer rolloutLength';
    requireSpread('reinforce', { setting: "standardize: 'episode'", parts: 'episodes', steps, remedy, off: 'standardize: false' });
  }
  const setting = standardize === 'batch' ? "standardize: 'batch'" : baseline === 'mean-return' ? "baseline: 'mean-return'" : undefined;
  if (setting === undefined) return;
  const remedy = wholeEpisodes ? 'Use more episodesPerUpdate' : 'Use a longer rolloutLength or more environments';
  requireSpread('reinforce', {
    setting,
    parts: 'rollouts',
    steps: length * env.numEnvs,
    remedy,
    off: standardize === 'batch' ? 'standardize: false' : "baseline: 'none'",
  });
}

/** Refuses a learned baseline of a policy that cannot learn one. */
export function requireBaseline(baseline: ReinforceOptions['baseline'], policy: AnyPolicy): void {
  if (baseline !== 'value' || policy.critic) return;
  throw new IncompatiblePolicyError({
    where: 'reinforce',
    got: `baseline: 'value' with ${policy.name}, which has no critic`,
    expected: 'a policy with a value function',
    remedy: "Use actorCritic, or baseline: 'mean-return'.",
  });
}

function refuse(got: string, expected: string, remedy: string): InvalidOptionsError {
  return new InvalidOptionsError({ where: 'reinforce', got, expected, remedy });
}
