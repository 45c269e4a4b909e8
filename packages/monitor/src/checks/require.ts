import { describeValue, InvalidOptionsError } from '@pg/core';

/** An argument, and what it has to be. */
export interface Requirement {
  /** The function that was called. */
  readonly where: string;
  /** The name of the argument. */
  readonly name: string;
  readonly value: unknown;
  /** A noun phrase. */
  readonly expected: string;
  /** A sentence. */
  readonly remedy: string;
}

/** Refuses an argument that is not as it has to be. */
export function requireThat(fits: boolean, { where, name, value, expected, remedy }: Requirement): asserts fits {
  if (!fits) throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy });
}

/** Requires a path. */
export function requirePath(where: string, path: unknown): asserts path is string {
  const fits = typeof path === 'string' && path !== '' && !path.includes('\0');
  requireThat(fits, { where, name: 'path', value: path, expected: 'a path as text', remedy: "Name it, for example 'runs/cart-pole'." });
}

/** Whether a value is an object with names and values; rows and records are. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}
