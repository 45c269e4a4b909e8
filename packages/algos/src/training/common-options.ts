import { FLOAT32_RANGE, fitsFloat32, type Schedule } from '@pg/core';
import { adam, type Optimizer, rmsprop, sgd } from '@pg/nn';
import * as z from 'zod/mini';
import type { ValueLossKind } from '../losses/value-loss.js';

/** Refuses a number that float32 would make an infinity or 0 of; what is no number, or infinite, others judge. */
const inFloat32 = z.refine<unknown>((value) => typeof value !== 'number' || !Number.isFinite(value) || fitsFloat32(value), {
  error: `0, or a number from ${FLOAT32_RANGE}`,
});

/** A discount or trace decay. */
export const fraction = z.number().check(z.gte(0), z.lte(1), inFloat32);

/** A weight in a loss that stays the same. */
export const weight = z.number().check(z.gte(0), inFloat32);

/** A count of at least 1. */
export const count = z.int().check(z.gte(1));

/** A number or a schedule. */
export const scheduled = z
  .custom<number | Schedule>((value) => typeof value === 'function' || (typeof value === 'number' && value >= 0 && Number.isFinite(value)), {
    error: 'a finite number at least 0, or a schedule (progress) => number',
  })
  .check(inFloat32);

const makeOptimizer = { adam, rmsprop, sgd };

/** An optimiser's settings, all of them there and in range. */
export const optimizer = z.custom<Optimizer>(isOptimizer, { error: 'adam(), rmsprop() or sgd() of @pg/nn' });

function isOptimizer(value: unknown): boolean {
  const { kind, ...settings } = { ...(value as Optimizer) };
  if (!Object.hasOwn(makeOptimizer, kind)) return false;
  try {
    return Object.keys(makeOptimizer[kind](settings)).every((key) => Object.hasOwn({ ...settings, kind }, key));
  } catch {
    return false;
  }
}

/** A norm or a value that gradients are clipped to; infinite for no clipping. */
export const gradientLimit = z
  .custom<number>((value) => typeof value === 'number' && value > 0, { error: 'a number greater than 0, or Infinity' })
  .check(inFloat32);

/** What a critic minimises. */
export const valueLossKind = z.custom<ValueLossKind>(isValueLoss, { error: "'squared' or { huber: δ }, δ a number greater than 0" }).check(
  z.refine((kind) => kind === 'squared' || kind.huber === Number.POSITIVE_INFINITY || fitsFloat32(kind.huber), {
    error: `{ huber: δ }, δ a number from ${FLOAT32_RANGE}`,
  }),
);

function isValueLoss(value: unknown): boolean {
  if (value === 'squared') return true;
  const { huber, ...others } = { ...(value as { huber: number }) };
  return typeof huber === 'number' && huber > 0 && Object.keys(others).length === 0;
}

/** What stops a loop from elsewhere. */
export const abortSignal = z.custom<AbortSignal>((value) => typeof value === 'object' && value !== null && 'aborted' in value, { error: 'an AbortSignal' });

/** How losses of steps become one. */
export const reduction = z.enum(['mean', 'sum']);
