import type { OptionSchema } from '@pg/core';
import { adam } from '@pg/nn';
import * as z from 'zod/mini';
import { count, gradientLimit, optimizer, scheduled } from '../training/common-options.js';
import type { CommonOptions } from './definition.js';
import { kindOf, type OptionShape } from './option-kinds.js';

/** A strict schema of an algorithm's options, with the defaults. */
export function optionsSchema(shape: OptionShape, defaults: Partial<CommonOptions>): OptionSchema<Record<string, unknown>> {
  const { shards, maxGradValue = Number.POSITIVE_INFINITY, maxGradNorm = Number.POSITIVE_INFINITY, learningRate = 1e-3, optimizer: steps = adam() } = defaults;
  const own = Object.fromEntries(Object.entries(shape).map(([name, option]) => [name, kindOf(option).schema])) as Record<string, z.ZodMiniType>;
  return z.strictObject({
    ...own,
    shards: shards === undefined ? z.optional(count) : z._default(count, shards),
    maxGradValue: z._default(gradientLimit, maxGradValue),
    maxGradNorm: z._default(gradientLimit, maxGradNorm),
    learningRate: z._default(scheduled, () => learningRate as number),
    optimizer: z._default(optimizer, steps),
  }) as unknown as OptionSchema<Record<string, unknown>>;
}
