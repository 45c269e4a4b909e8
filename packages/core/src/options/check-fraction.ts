import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';

/** Refuses what is not a number in [0, 1]. */
export function checkFraction(where: string, name: string, value: unknown): void {
  if (typeof value === 'number' && value >= 0 && value <= 1) return;
  throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected: 'a number from 0 to 1', remedy: `Change "${name}".` });
}
