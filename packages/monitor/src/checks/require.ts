import { describeValue, InvalidOptionsError, isPlainObject } from '@pg/core';

/** An argument, and what it has to be. */
export interface Requirement {
  /** The function that was called. */
  readonly where: string;
  /** The name of the argument. */
  readonly name: string;
  readonly value: unknown;
  /** A noun phrase. */
  readonly expected: string;
  /** A sentence. Default: change the argument. */
  readonly remedy?: string;
}

/** Refuses an argument that is not as it has to be. */
export function requireThat(fits: boolean, { where, name, value, expected, remedy = `Change "${name}".` }: Requirement): asserts fits {
  if (!fits) throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy });
}

/** Requires a path. */
export function requirePath(where: string, path: unknown, name = 'path'): asserts path is string {
  const fits = typeof path === 'string' && path !== '' && !path.includes('\0');
  requireThat(fits, { where, name, value: path, expected: 'a path as text', remedy: "Name it, for example 'runs/cart-pole'." });
}

/** Requires text. */
export function requireText(where: string, name: string, value: unknown): asserts value is string {
  requireThat(typeof value === 'string', { where, name, value, expected: 'text' });
}

/** Requires a list, and gives its elements as what they are. */
export function requireList(where: string, name: string, value: unknown): readonly unknown[] {
  requireThat(Array.isArray(value), { where, name, value, expected: 'a list' });
  return value as unknown as readonly unknown[];
}

/** Requires something to iterate over. */
export function requireIterable(where: string, name: string, value: unknown): void {
  const fits = typeof value === 'object' && value !== null && Symbol.iterator in value;
  requireThat(fits, { where, name, value, expected: 'a list, or something else to iterate over' });
}

/** Requires an object with names and values, such as a row. */
export function requireRecord(requirement: Requirement): Readonly<Record<string, unknown>> {
  requireThat(isPlainObject(requirement.value), requirement);
  return requirement.value as Readonly<Record<string, unknown>>;
}
