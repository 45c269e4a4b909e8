import { checkKeys } from '@pg/core';
import type { SharedMemory } from '../../shared-network.js';
import { checkUser } from './check-user.js';
import { SharedPages } from './shared-pages.js';

/**
 * Gives back all that the networks of a thread had of a shared memory, when it was terminated before it could dispose of them. To be
 * called once the thread has ended, and only for networks whose numbers no other network uses.
 *
 * @param memory - from `createSharedMemory`
 * @param options - `user`: what the thread gave to `wasmEngine({ memory, user })`
 * @throws InvalidOptionsError when either is none
 */
export function reclaimSharedMemory(memory: SharedMemory, options: { readonly user: number }): void {
  const where = 'reclaimSharedMemory';
  checkKeys(where, options, ['user']);
  checkUser(where, options.user);
  new SharedPages(where, memory, options.user).reclaim();
}
