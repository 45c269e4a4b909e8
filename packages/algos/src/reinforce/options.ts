import { InvalidOptionsError, type Schedule } from '@pg/core';
import { adam, type Optimizer } from '@pg/nn';
import * as z from 'zod/mini';
import { count, fraction, gradientLimit, learningRate, optimizer, weight } from '../training/common-options.js';

/** REINFORCE's settings. */
export interface ReinforceOptions {
  /** Discount γ in [0, 1]; 0.99 by default. */
  gamma: number;
  /**
   * Whole episodes an update, a multiple of the number of environments; each environment plays the same number of them. By
   * default the least multiple that is at least 16.
   */
  episodesPerUpdate: number;
  /**
   * Steps an update in every environment, in place of whole episodes. Episodes go on from one update to the next, and what
   * lies behind the last step counts as nothing.
   */
  rolloutLength: number;
  /** What is subtracted from the returns: nothing (default), or their mean over the update. */
  baseline: 'none' | 'mean-return';
  /** Whether returns are shifted and scaled to mean 0 and standard deviation 1 over the update; false by default. */
  standardize: boolean;
  /** Weight β of the entropy in the loss; 0 by default. */
  entropyCoef: number;
  /** Each element of the gradients is clipped to ± this, before `maxGradNorm`; infinite (no clipping) by default. */
  maxGradValue: number;
  /** Gradients are clipped to this Euclidean norm; infinite (no clipping) by default. */
  maxGradNorm: number;
  /** Step size, or a schedule over the run's progress; 1e-2 by default. */
  learningRate: number | Schedule;
  /** Adam by default. */
  optimizer: Optimizer;
}

/** The settings with defaults filled in; exactly one of `episodesPerUpdate` and `rolloutLength` is a number. */
export type ResolvedReinforceOptions = Omit<ReinforceOptions, 'episodesPerUpdate' | 'rolloutLength'> & {
  readonly episodesPerUpdate: number | undefined;
  readonly rolloutLength: number | undefined;
};

/** What `reinforce().options` accepts. */
export const reinforceSchema = z.strictObject({
  gamma: z._default(fraction, 0.99),
  episodesPerUpdate: z.optional(count),
  rolloutLength: z.optional(count),
  baseline: z._default(z.enum(['none', 'mean-return']), 'none'),
  standardize: z._default(z.boolean(), false),
  entropyCoef: z._default(weight, 0),
  maxGradValue: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  maxGradNorm: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  learningRate: z._default(learningRate, 1e-2),
  optimizer: z._default(optimizer, adam()),
});

const FEWEST_EPISODES = 16;

/** Chooses between whole episodes and fixed rollouts, and checks that the choice is possible. */
export function resolveCollection(options: z.infer<typeof reinforceSchema>, numEnvs: number, maxSteps: number): ResolvedReinforceOptions {
  const { episodesPerUpdate, rolloutLength } = options;
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
  const episodes = episodesPerUpdate ?? numEnvs * Math.ceil(FEWEST_EPISODES / numEnvs);
  if (episodes % numEnvs !== 0) {
    throw refuse(
      `episodesPerUpdate: ${episodes} with ${numEnvs} environments`,
      `a multiple of ${numEnvs}`,
      `Use ${Math.ceil(episodes / numEnvs) * numEnvs}: each environment plays the same number of episodes.`,
    );
  }
  return { ...options, rolloutLength, episodesPerUpdate: episodes };
}

function refuse(got: string, expected: string, remedy: string): InvalidOptionsError {
  return new InvalidOptionsError({ where: 'reinforce', got, expected, remedy });
}
