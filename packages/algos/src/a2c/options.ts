import type { Schedule } from '@pg/core';
import { adam, type Optimizer } from '@pg/nn';
import * as z from 'zod/mini';
import { count, fraction, gradientLimit, optimizer, reduction, scheduled, valueLossKind, weight } from '../training/common-options.js';
import type { Reduction } from '../training/policy-gradient-loss.js';
import type { ValueLossKind } from '../training/value-loss.js';

/** A2C's settings. */
export interface A2cOptions {
  /** Discount γ in [0, 1]; 0.99 by default. */
  readonly gamma: number;
  /** λ of generalised advantage estimation in [0, 1]; 1 by default. */
  readonly lambda: number;
  /** Steps an update in every environment, or fewer at the end of a round; 5 by default. */
  readonly rolloutLength: number;
  /**
   * Whether environments play in rounds: one whose episode has ended waits, its steps not counting, until all have ended; then all
   * start anew. By default each starts its next episode at once, and rollouts go on for ever.
   */
  readonly rounds: boolean;
  /**
   * S: the copies form S shards, neighbours together, each with a batch and a random stream of actions of its own; gradients are
   * summed in their order. Chooses the results' last digits, and how many `workers` there can be. A divisor of the number of
   * copies; by default the largest power of two up to 8 that leaves each shard at least 64 copies, and 1 where the environment is normalised.
   */
  readonly shards: number;
  /** Weight β of the entropy in the loss, or a schedule over the run's progress; 0 by default. */
  readonly entropyCoef: number | Schedule;
  /** Weight of the value loss; 0.5 by default. */
  readonly valueCoef: number;
  /** What the critic minimises: `'squared'`, ½(V − target)², by default; or Huber's loss, which no error pulls harder at than δ. */
  readonly valueLoss: ValueLossKind;
  /** Whether the loss is the mean over the update's steps, the default, or their sum. What an update reports are means either way. */
  readonly reduction: Reduction;
  /**
   * Whether advantages are shifted and scaled to mean 0 and standard deviation 1 over the update; false by default. The deviation is that
   * of the population, which divides by n: PyTorch's `std()` divides by n − 1. Updates that cannot have two steps are refused.
   */
  readonly normalizeAdvantages: boolean;
  /** Each element of the gradients is clipped to ± this, before `maxGradNorm`; infinite (no clipping) by default. */
  readonly maxGradValue: number;
  /** Gradients are clipped to this Euclidean norm; 0.5 by default, infinite for no clipping. */
  readonly maxGradNorm: number;
  /** Step size, or a schedule over the run's progress; 7e-4 by default. */
  readonly learningRate: number | Schedule;
  /** Adam by default. */
  readonly optimizer: Optimizer;
}

/** What `a2c().options` accepts. */
export const a2cSchema = z.strictObject({
  gamma: z._default(fraction, 0.99),
  lambda: z._default(fraction, 1),
  rolloutLength: z._default(count, 5),
  rounds: z._default(z.boolean(), false),
  shards: z.optional(count),
  entropyCoef: z._default(scheduled, 0),
  valueCoef: z._default(weight, 0.5),
  valueLoss: z._default(valueLossKind, 'squared'),
  reduction: z._default(reduction, 'mean'),
  normalizeAdvantages: z._default(z.boolean(), false),
  maxGradValue: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  maxGradNorm: z._default(gradientLimit, 0.5),
  learningRate: z._default(scheduled, 7e-4),
  optimizer: z._default(optimizer, adam()),
});
