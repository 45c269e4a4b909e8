import type { Schedule } from '@pg/core';
import { adam, type Optimizer } from '@pg/nn';
import * as z from 'zod/mini';
import { count, fraction, gradientLimit, learningRate, optimizer, weight } from '../training/common-options.js';

/** A2C's settings. */
export interface A2cOptions {
  /** Discount γ in [0, 1]; 0.99 by default. */
  gamma: number;
  /** λ of generalised advantage estimation in [0, 1]; 1 by default. */
  lambda: number;
  /** Steps an update in every environment; 5 by default. */
  rolloutLength: number;
  /** Weight β of the entropy in the loss; 0 by default. */
  entropyCoef: number;
  /** Weight of the value loss ½(V − target)²; 0.5 by default. */
  valueCoef: number;
  /** Whether advantages are standardised over the update; false by default. */
  normalizeAdvantages: boolean;
  /** Each element of the gradients is clipped to ± this, before `maxGradNorm`; infinite (no clipping) by default. */
  maxGradValue: number;
  /** Gradients are clipped to this Euclidean norm; 0.5 by default, infinite for no clipping. */
  maxGradNorm: number;
  /** Step size, or a schedule over the run's progress; 7e-4 by default. */
  learningRate: number | Schedule;
  /** Adam by default. */
  optimizer: Optimizer;
}

/** What `a2c().options` accepts. */
export const a2cSchema = z.strictObject({
  gamma: z._default(fraction, 0.99),
  lambda: z._default(fraction, 1),
  rolloutLength: z._default(count, 5),
  entropyCoef: z._default(weight, 0),
  valueCoef: z._default(weight, 0.5),
  normalizeAdvantages: z._default(z.boolean(), false),
  maxGradValue: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  maxGradNorm: z._default(gradientLimit, 0.5),
  learningRate: z._default(learningRate, 7e-4),
  optimizer: z._default(optimizer, adam()),
});
