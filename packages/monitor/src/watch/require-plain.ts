import { InvalidOptionsError } from '@pg/core';

/** A policy scales observations itself; normalised ones would be scaled twice. */
export function requirePlain(where: string, { normalization }: { readonly normalization?: unknown }): void {
  if (normalization === undefined) return;
  throw new InvalidOptionsError({
    where,
    got: 'an environment that normalises',
    expected: 'one without normalisation, because the policy does it itself',
    remedy: 'Make it from the specification behind which normalizeObservations and normalizeRewards are not piped yet.',
  });
}
