import { describeValue, InvalidOptionsError, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { NetworkSpec } from '../networks/network-spec.js';

const aNetwork = z.custom<unknown>((value) => typeof value === 'object' && value !== null && 'layers' in value && Array.isArray(value.layers), {
  error: 'a network: linear(), mlp([...]) or conv([...])',
});

/** Checks a policy's options and gives its network. */
export function requireNetwork<TKey extends string, N extends NetworkSpec<never>>(
  where: string,
  key: TKey,
  options: Readonly<Record<TKey, N>>,
  known: readonly string[],
): N {
  const schema = z.strictObject({ ...Object.fromEntries(known.map((name) => [name, z.optional(z.unknown())])), [key]: aNetwork });
  parseOptions(where, schema, options);
  return options[key];
}

/** Checks a setting that is on or off. */
export function requireFlag(where: string, key: string, value: boolean | undefined, byDefault: boolean): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? byDefault;
  throw new InvalidOptionsError({ where, got: `${key}: ${describeValue(value)}`, expected: 'true or false', remedy: `Change "${key}".` });
}
