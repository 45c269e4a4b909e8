import type { Refusal, Setting } from './definition.js';

/** A mean that is subtracted from advantages. */
export interface Spread {
  /** The setting that asks for it: `normalizeAdvantages`. */
  readonly setting: string;
  /** The parts that each have a mean of their own: `updates`. */
  readonly parts: string;
  /** The most steps that such a part can have. */
  readonly steps: number;
  /** A way to more steps. */
  readonly remedy: string;
  /** The setting that asks for nothing: `normalizeAdvantages: false`. */
  readonly off: string;
}

/**
 * Refuses settings with which the policy would never learn: a step alone is its own mean, so its advantage is always 0. The one rule for all
 * algorithms.
 */
export function requireSpread({ setting, parts, steps, remedy, off }: Spread): Refusal | undefined {
  if (steps > 1) return undefined;
  return {
    got: `${setting} over ${parts} of one step`,
    expected: 'at least 2 steps: one alone is its own mean, so its advantage would always be 0',
    remedy: `${remedy}, or set ${off}.`,
  };
}

/** The options of algorithms that standardise advantages over an update. */
export interface LearnableUpdates {
  readonly normalizeAdvantages: boolean;
  readonly rolloutLength: number;
  readonly rounds?: boolean;
}

/** Refuses `normalizeAdvantages` over updates that can have one step only. */
export function learnableUpdates(options: LearnableUpdates, { numEnvs, maxSteps }: Pick<Setting, 'numEnvs' | 'maxSteps'>): Refusal | undefined {
  const { normalizeAdvantages, rolloutLength, rounds = false } = options;
  if (!normalizeAdvantages) return undefined;
  const length = rounds ? Math.min(rolloutLength, maxSteps) : rolloutLength;
  const remedy = length < rolloutLength ? 'Use more environments, or leave rounds out' : 'Use a longer rolloutLength or more environments';
  return requireSpread({ setting: 'normalizeAdvantages', parts: 'updates', steps: length * numEnvs, remedy, off: 'normalizeAdvantages: false' });
}

/** The options of algorithms that standardise advantages over minibatches. */
export interface LearnableMinibatches {
  readonly normalizeAdvantages: boolean;
  readonly rolloutLength: number;
  readonly minibatchSize: number;
}

/** Refuses `normalizeAdvantages` over minibatches of one step. */
export function learnableMinibatches(options: LearnableMinibatches, { numEnvs }: Pick<Setting, 'numEnvs'>): Refusal | undefined {
  const { normalizeAdvantages, minibatchSize, rolloutLength } = options;
  if (!normalizeAdvantages) return undefined;
  const steps = Math.min(minibatchSize, rolloutLength * numEnvs);
  const remedy = minibatchSize > 1 ? 'Use a longer rolloutLength or more environments' : 'Use larger minibatches';
  return requireSpread({ setting: 'normalizeAdvantages', parts: 'minibatches', steps, remedy, off: 'normalizeAdvantages: false' });
}
