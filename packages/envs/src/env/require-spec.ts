import { describeValue, InvalidOptionsError } from '@pg/core';

/** Refuses what is no specification; for JavaScript callers. */
export function requireSpec(where: string, value: unknown): void {
  if (value !== null && typeof value === 'object' && '~source' in value) return;
  throw new InvalidOptionsError({
    where,
    got: describeValue(value),
    expected: 'an environment specification',
    remedy: 'Pass what cartPole(), defineEnv() or vectorize() return.',
  });
}
