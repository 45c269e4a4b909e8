import { describeValue, InvalidOptionsError, parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import type { NetworkSpec } from '../networks/network-spec.js';

/** Checks a policy's options and gives its network. */
export function requireNetwork<TKey extends string, N extends NetworkSpec<never>>(
  where: string,
  key: TKey,
  options: Readonly<Record<TKey, N>>,
  known: readonly string[],
): N {
  const anything = z.optional(z.unknown());
  parseOptions(where, z.strictObject(Object.fromEntries(known.map((name) => [name, anything]))), options);
  const network = options[key];
  if (network !== null && typeof network === 'object' && Array.isArray(network.layers)) return network;
  throw new InvalidOptionsError({ where, got: `${key}: ${describeValue(network)}`, expected: 'a network: linear() or mlp([...])', remedy: `Set "${key}".` });
}

/** Checks a setting that is on or off. */
export function requireFlag(where: string, key: string, value: boolean | undefined, byDefault: boolean): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? byDefault;
  throw new InvalidOptionsError({ where, got: `${key}: ${describeValue(value)}`, expected: 'true or false', remedy: `Change "${key}".` });
}
