import { describeValue, InvalidOptionsError } from '@pg/core';

/** An option of a wrapper, and what is expected of it. */
interface Option {
  readonly name: string;
  readonly value: unknown;
  readonly expected: string;
}

/** Refuses an option that does not fit. */
export function requireOption(fits: boolean, where: string, { name, value, expected }: Option): void {
  if (fits) return;
  throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy: `Change "${name}".` });
}

/** Refuses what is not a positive whole number. */
export function requireCount(where: string, name: string, value: unknown): void {
  requireOption(Number.isSafeInteger(value) && (value as number) > 0, where, { name, value, expected: 'a positive whole number' });
}
