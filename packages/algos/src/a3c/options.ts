import type { Schedule } from '@pg/core';
import { adam, type Optimizer } from '@pg/nn';
import * as z from 'zod/mini';
import type { Reduction } from '../losses/policy-gradient-loss.js';
import type { ValueLossKind } from '../losses/value-loss.js';
import { count, fraction, gradientLimit, optimizer, reduction, scheduled, valueLossKind, weight } from '../training/common-options.js';

/** How A3C's workers share their steps. */
export type A3cMode = 'lock' | 'hogwild';

/** A3C's settings. */
export interface A3cOptions {
  /**
   * `'lock'`, the default: workers step one after the other, no update is lost, and a worker that dies within one leaves nothing behind.
   * `'hogwild'`, as in the paper (Recht et al. 2011): nobody waits, and workers that step at the same time may undo parts of each other's steps.
   */
  readonly mode: A3cMode;
  /** Discount γ in [0, 1]; 0.99 by default. */
  readonly gamma: number;
  /** λ of generalised advantage estimation in [0, 1]; 1 by default. */
  readonly lambda: number;
  /** The paper's t_max: steps of an update in every environment, or fewer at the end of a round; 20 by default. */
  readonly rolloutLength: number;
  /**
   * Whether a worker's environments play in rounds: a rollout ends with the episode, as in the paper, and of several environments those
   * that are through wait for the others. By default each starts its next episode at once, within the rollout.
   */
  readonly rounds: boolean;
  /** Weight β of the entropy in the loss, or a schedule over the run's progress; 0.01 by default. */
  readonly entropyCoef: number | Schedule;
  /** Weight of the value loss; 0.5 by default. */
  readonly valueCoef: number;
  /** What the critic minimises: `'squared'`, ½(V − target)², by default; or Huber's loss, which no error pulls harder at than δ. */
  readonly valueLoss: ValueLossKind;
  /** Whether the loss is the sum over the update's steps, the default as in the paper, or their mean. What an update reports are means. */
  readonly reduction: Reduction;
  /**
   * Whether advantages are shifted and scaled to mean 0 and standard deviation 1 over the update; false by default. The deviation is that
   * of the population, which divides by n: PyTorch's `std()` divides by n − 1. Updates that cannot have two steps are refused.
   */
  readonly normalizeAdvantages: boolean;
  /** Each element of the gradients is clipped to ± this, before `maxGradNorm`; infinite (no clipping) by default. */
  readonly maxGradValue: number;
  /** Gradients are clipped to this Euclidean norm; 40 by default, infinite for no clipping. */
  readonly maxGradNorm: number;
  /** Step size, or a schedule over the run's progress; 1e-4 by default. */
  readonly learningRate: number | Schedule;
  /** Adam by default; its moments and its count of steps are shared by all workers. */
  readonly optimizer: Optimizer;
}

/** What `a3c().options` accepts. */
export const a3cSchema = z.strictObject({
  mode: z._default(z.enum(['lock', 'hogwild']), 'lock'),
  gamma: z._default(fraction, 0.99),
  lambda: z._default(fraction, 1),
  rolloutLength: z._default(count, 20),
  rounds: z._default(z.boolean(), false),
  entropyCoef: z._default(scheduled, 0.01),
  valueCoef: z._default(weight, 0.5),
  valueLoss: z._default(valueLossKind, 'squared'),
  reduction: z._default(reduction, 'sum'),
  normalizeAdvantages: z._default(z.boolean(), false),
  maxGradValue: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  maxGradNorm: z._default(gradientLimit, 40),
  learningRate: z._default(scheduled, 1e-4),
  optimizer: z._default(optimizer, adam()),
});

/** A3C's settings, all of them there. */
export type ParsedA3cOptions = z.infer<typeof a3cSchema>;
