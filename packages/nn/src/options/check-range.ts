import { describeValue, InvalidOptionsError } from '@pg/core';

/** Refuses a setting outside [low, high). */
export function checkRange(where: string, name: string, value: number, low: number, high: number): void {
  if (typeof value === 'number' && value >= low && value < high) return;
  const expected = high === Number.POSITIVE_INFINITY ? `a finite number at least ${low}` : `a number in [${low}, ${high})`;
  throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy: `Change "${name}".` });
}
