import { IncompatiblePolicyError, InvalidOptionsError, type Schedule } from '@pg/core';
import { adam, type Optimizer } from '@pg/nn';
import * as z from 'zod/mini';
import type { AnyEnv, AnyPolicy } from '../builder/fits.js';
import { shardsOf } from '../shards/shard-options.js';
import { count, fraction, gradientLimit, optimizer, scheduled, weight } from '../training/common-options.js';
import { requireSpread } from '../training/require-spread.js';

/** PPO's settings. */
export interface PpoOptions {
  /** Discount γ in [0, 1]; 0.99 by default. */
  readonly gamma: number;
  /** λ of generalised advantage estimation in [0, 1]; 0.95 by default. */
  readonly lambda: number;
  /** Steps an update in every environment; 128 by default. */
  readonly rolloutLength: number;
  /** How many times an update goes over its data; 10 by default. */
  readonly epochs: number;
  /** Steps a gradient; 64 by default, and never more than an update has. */
  readonly minibatchSize: number;
  /**
   * S: the copies form S shards, neighbours together, each with a random stream of actions of its own. Each shuffles its own steps
   * and gives an equal part of every minibatch; gradients are summed in their order. One shard is the textbook's algorithm. A
   * divisor of the number of copies and of `minibatchSize`; by default the largest power of two up to 8 that leaves each shard at
   * least 64 copies and 32 steps of a minibatch, and 1 where the environment is normalised.
   */
  readonly shards: number;
  /** ε: probability ratios beyond 1 ± ε gain nothing; a number or a schedule over the run's progress; 0.2 by default. */
  readonly clipRange: number | Schedule;
  /** How far values may move from those of collection before their loss is clipped; infinite (not at all) by default. */
  readonly clipRangeValue: number;
  /** The update ends once the mean KL divergence from the policy that collected exceeds 1.5 times this; infinite (never) by default. */
  readonly targetKl: number;
  /** Weight β of the entropy in the loss, or a schedule over the run's progress; 0 by default. */
  readonly entropyCoef: number | Schedule;
  /** Weight of the value loss ½(V − target)²; 0.5 by default. */
  readonly valueCoef: number;
  /**
   * Whether advantages are shifted and scaled to mean 0 and standard deviation 1 over each minibatch; true by default. The deviation is
   * that of the population, which divides by n: PyTorch's `std()` divides by n − 1. Minibatches of one step are refused; of a last one that is
   * left with a single step the policy learns nothing.
   */
  readonly normalizeAdvantages: boolean;
  /** Each element of the gradients is clipped to ± this, before `maxGradNorm`; infinite (no clipping) by default. */
  readonly maxGradValue: number;
  /** Gradients are clipped to this Euclidean norm; 0.5 by default, infinite for no clipping. */
  readonly maxGradNorm: number;
  /** Step size, or a schedule over the run's progress; 3e-4 by default. */
  readonly learningRate: number | Schedule;
  /** Adam with ε 1e-5 by default. */
  readonly optimizer: Optimizer;
}

/** What `ppo().options` accepts. */
export const ppoSchema = z.strictObject({
  gamma: z._default(fraction, 0.99),
  lambda: z._default(fraction, 0.95),
  rolloutLength: z._default(count, 128),
  epochs: z._default(count, 10),
  minibatchSize: z._default(count, 64),
  shards: z.optional(count),
  clipRange: z._default(scheduled, 0.2),
  clipRangeValue: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  targetKl: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  entropyCoef: z._default(scheduled, 0),
  valueCoef: z._default(weight, 0.5),
  normalizeAdvantages: z._default(z.boolean(), true),
  maxGradValue: z._default(gradientLimit, Number.POSITIVE_INFINITY),
  maxGradNorm: z._default(gradientLimit, 0.5),
  learningRate: z._default(scheduled, 3e-4),
  optimizer: z._default(optimizer, adam({ epsilon: 1e-5 })),
});

/** The fewest steps that a shard gives to a minibatch by default. */
const FEWEST_STEPS = 32;

/**
 * S, how many shards there are.
 *
 * @throws InvalidOptionsError when they do not come out even
 */
export function ppoShards({ shards: asked, minibatchSize, rolloutLength }: z.infer<typeof ppoSchema>, env: AnyEnv): number {
  const size = Math.min(minibatchSize, rolloutLength * env.numEnvs);
  const shards = shardsOf('ppo', asked, env, (shards) => size % shards === 0 && size / shards >= FEWEST_STEPS);
  if (size % shards === 0) return shards;
  throw new InvalidOptionsError({
    where: 'ppo',
    got: `shards: ${shards} with minibatchSize: ${minibatchSize}`,
    expected: `a multiple of ${shards} steps`,
    remedy: 'Every shard gives as many steps to a minibatch: change one of the two.',
  });
}

/** Refuses `normalizeAdvantages` over minibatches of one step. */
export function requireLearnableMinibatches({ normalizeAdvantages, minibatchSize, rolloutLength }: z.infer<typeof ppoSchema>, numEnvs: number): void {
  if (!normalizeAdvantages) return;
  const steps = Math.min(minibatchSize, rolloutLength * numEnvs);
  const remedy = minibatchSize > 1 ? 'Use a longer rolloutLength or more environments' : 'Use larger minibatches';
  requireSpread('ppo', { setting: 'normalizeAdvantages', parts: 'minibatches', steps, remedy, off: 'normalizeAdvantages: false' });
}

/** Refuses a policy that remembers: minibatches are steps in random order, of which nobody remembers the ones before. */
export function requireMemoryless(policy: AnyPolicy): void {
  if (!policy.recurrent) return;
  throw new IncompatiblePolicyError({
    where: 'ppo',
    got: `${policy.name}, which remembers what it has seen`,
    expected: 'a policy without a memory',
    remedy: 'Use actorCritic, or train it with a2c.',
  });
}
