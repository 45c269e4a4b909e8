import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { arrayName } from '../realms/array-name.js';

/** An argument, and what is expected of it. */
export interface Argument {
  readonly name: string;
  readonly value: unknown;
  readonly expected: string;
}

/**
 * Refuses an argument that does not fit.
 *
 * @throws InvalidOptionsError that names it
 */
export function requireArgument(fits: boolean, where: string, { name, value, expected }: Argument): void {
  if (fits) return;
  throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy: `Change "${name}".` });
}

/** Refuses what is no number; NaN is one. */
export function requireNumber(where: string, name: string, value: unknown): void {
  if (typeof value !== 'number') requireArgument(false, where, { name, value, expected: 'a number' });
}

/** Refuses what is no finite number. */
export function requireFinite(where: string, name: string, value: unknown): void {
  if (!Number.isFinite(value)) requireArgument(false, where, { name, value, expected: 'a finite number' });
}

/** Refuses what is no text. */
export function requireText(where: string, name: string, value: unknown): void {
  if (typeof value !== 'string') requireArgument(false, where, { name, value, expected: 'a text' });
}

/** Refuses what is no whole number from 0 on up to `to`. */
export function requireIndex(where: string, { name, value, to = Number.MAX_SAFE_INTEGER }: { name: string; value: unknown; to?: number }): void {
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= to) return;
  requireArgument(false, where, { name, value, expected: to === Number.MAX_SAFE_INTEGER ? 'a whole number from 0 on' : `a whole number from 0 to ${to}` });
}

/** Refuses what is no list or typed array of numbers; looks at the first of them alone. */
export function requireNumbers(where: string, name: string, value: unknown): void {
  if ((Array.isArray(value) && (value.length === 0 || typeof value[0] === 'number')) || isTypedArray(value)) return;
  requireArgument(false, where, { name, value, expected: 'a list or a typed array of numbers' });
}

/** Refuses what is no typed array. */
export function requireTypedArray(where: string, name: string, value: unknown): void {
  if (!isTypedArray(value)) requireArgument(false, where, { name, value, expected: 'a typed array' });
}

function isTypedArray(value: unknown): boolean {
  return arrayName(value) !== undefined;
}
