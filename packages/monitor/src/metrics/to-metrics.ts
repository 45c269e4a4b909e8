import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { Metrics } from './metrics.js';
import { requireUpdate } from './require-update.js';
import type { TrainingUpdate } from './training-update.js';

/** The clock readings that turn an update into metrics. */
export interface ToMetricsOptions {
  /** Seconds since training began (or resumed). */
  readonly elapsedSeconds: number;
  /** Environment steps that were done before the clock started; set it when a run resumes. Default 0. */
  readonly start?: number;
}

const schema = z.strictObject({
  elapsedSeconds: z.number().check(z.gte(0)),
  start: z._default(z.number().check(z.gte(0)), 0),
});

/** Names that do not follow from the field's name, in the order in which they are written. */
const names: Readonly<Record<string, string>> = {
  step: 'time/total_timesteps',
  updates: 'time/iterations',
  elapsedSeconds: 'time/time_elapsed',
  stepsPerSecond: 'time/fps',
  episodes: 'time/episodes',
  meanReturn: 'rollout/ep_rew_mean',
  meanLength: 'rollout/ep_len_mean',
  policyLoss: 'train/policy_loss',
  surrogateLoss: 'train/policy_gradient_loss',
  minusEntropy: 'train/entropy_loss',
  valueLoss: 'train/value_loss',
  explainedVariance: 'train/explained_variance',
  gradientNorm: 'train/grad_norm',
  learningRate: 'train/learning_rate',
  entropyCoef: 'train/ent_coef',
  approxKl: 'train/approx_kl',
  clipFraction: 'train/clip_fraction',
  clipRange: 'train/clip_range',
  gradientUpdates: 'train/n_updates',
};

/**
 * An update record as one flat row under the names of Stable-Baselines3.
 *
 * `train/entropy_loss` is MINUS the entropy, as there. The policy's loss is `train/policy_gradient_loss` for PPO's updates, which are told by
 * their `clipFraction`, and `train/policy_loss` for others, as there. Of these, `train/n_updates` is `updates`; PPO's, which counts epochs there, is left out. `time/fps` is (step − start) / elapsedSeconds, left out while no time has
 * passed. A numeric field without a name there becomes `train/<snake_case>`. What is not a finite number, such as the mean return
 * before the first finished episode, is left out.
 *
 * @throws InvalidOptionsError for what is no update, and when `elapsedSeconds` is missing or negative
 *
 * @example
 * ```ts
 * toMetrics(update, { elapsedSeconds: 2 })['time/fps'];
 * ```
 */
export function toMetrics(update: TrainingUpdate, options: ToMetricsOptions): Metrics {
  const { elapsedSeconds, start } = parseOptions('toMetrics', schema, options);
  requireUpdate('toMetrics', update);
  const { entropy = Number.NaN, policyLoss, ...others } = update;
  const stepsPerSecond = elapsedSeconds > 0 ? (update.step - start) / elapsedSeconds : Number.NaN;
  // 0 − entropy, so that an entropy of 0 is recorded as 0 and not as −0.
  const loss = update.clipFraction === undefined ? { policyLoss, gradientUpdates: update.updates } : { surrogateLoss: policyLoss };
  const fields: Record<string, unknown> = { ...others, ...loss, elapsedSeconds, stepsPerSecond, minusEntropy: 0 - entropy };
  const metrics: Record<string, number> = {};
  for (const [field, name] of Object.entries(names)) record(metrics, name, fields[field]);
  for (const [field, value] of Object.entries(fields)) {
    if (!Object.hasOwn(names, field)) record(metrics, `train/${snakeCase(field)}`, value);
  }
  return metrics;
}

function record(metrics: Record<string, number>, name: string, value: unknown): void {
  if (typeof value === 'number' && Number.isFinite(value)) metrics[name] = value;
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])/g, '_$&').toLowerCase();
}
