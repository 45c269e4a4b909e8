import { describeValue, InvalidOptionsError } from '@pg/core';

/** Refuses what would make NaN of every starting value. */
export function checkNumber(where: string, name: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected: 'a finite number', remedy: `Change "${name}".` });
}
