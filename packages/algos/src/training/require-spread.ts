import { InvalidOptionsError } from '@pg/core';

/** A mean that is subtracted from advantages. */
export interface Spread {
  /** The setting that asks for it: `normalizeAdvantages`. */
  readonly setting: string;
  /** The parts that each have a mean of their own: `updates`. */
  readonly parts: string;
  /** The most steps that such a part can have. */
  readonly steps: number;
  /** How there come to be more of them. */
  readonly remedy: string;
  /** The setting that asks for nothing: `normalizeAdvantages: false`. */
  readonly off: string;
}

/**
 * Refuses settings with which the policy would never learn: a step alone is its own mean, so its advantage is always 0. The one rule for all
 * algorithms.
 *
 * @throws InvalidOptionsError when no part can have two steps
 */
export function requireSpread(where: string, { setting, parts, steps, remedy, off }: Spread): void {
  if (steps > 1) return;
  throw new InvalidOptionsError({
    where,
    got: `${setting} over ${parts} of one step`,
    expected: 'at least 2 steps: one alone is its own mean, so its advantage would always be 0',
    remedy: `${remedy}, or set ${off}.`,
  });
}

/** Copies that are stepped together for an update. */
interface Stepped {
  readonly numEnvs: number;
  /** The most steps of an episode. */
  readonly maxSteps: number;
}

/** Refuses `normalizeAdvantages` over updates that can have one step only, of A2C and A3C. */
export function requireLearnableUpdates(
  where: string,
  { normalizeAdvantages, rolloutLength, rounds }: { readonly normalizeAdvantages: boolean; readonly rolloutLength: number; readonly rounds: boolean },
  { numEnvs, maxSteps }: Stepped,
): void {
  if (!normalizeAdvantages) return;
  const length = rounds ? Math.min(rolloutLength, maxSteps) : rolloutLength;
  const remedy = length < rolloutLength ? 'Use more environments, or leave rounds out' : 'Use a longer rolloutLength or more environments';
  requireSpread(where, { setting: 'normalizeAdvantages', parts: 'updates', steps: length * numEnvs, remedy, off: 'normalizeAdvantages: false' });
}
