import { requireArgument } from '@pg/core';
import type { Network } from './network.js';

/** Refuses what is no network; for JavaScript callers. */
export function requireNetwork(where: string, network: Network): void {
  const { inputShape, trunk, heads } = network ?? {};
  const fits = Array.isArray(inputShape) && Array.isArray(trunk) && typeof heads === 'object' && heads !== null && Object.values(heads).every(Array.isArray);
  requireArgument(fits, where, { name: 'network', value: network, expected: 'an object { inputShape, trunk, heads } with lists of layers' });
}
