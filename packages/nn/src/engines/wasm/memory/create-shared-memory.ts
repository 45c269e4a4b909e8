import { checkKeys, describeValue, InvalidOptionsError, UnavailableError } from '@pg/core';
import type { SharedMemory } from '../../shared-network.js';
import { requireWebAssembly } from '../compile-kernels.js';
import { sharedModule } from '../kernels.js';
import { SharedPages } from './shared-pages.js';

const PAGES_A_MEGABYTE = 16;

/**
 * A memory for the networks of several threads: `wasmEngine({ memory })` compiles into it, in every thread that it is posted to.
 * Its size is fixed; the system provides what is used. It lasts while any thread has it.
 *
 * @param options - `megabytes`: 1 to 4096, of 2^20 bytes
 * @throws InvalidOptionsError when the size is out of range
 * @throws UnavailableError when the machine refuses so much, a page may not share memory, or the host compiles no WebAssembly
 *
 * @example
 * ```ts
 * const memory = createSharedMemory({ megabytes: 64 });
 * const network = wasmEngine({ memory }).compileForTraining(policyNetwork, { rows, distribution, optimizer });
 * worker.postMessage({ memory, shared: network.shared });
 * // in the worker, over the same parameters:
 * wasmEngine({ memory }).compileForTraining(policyNetwork, { rows, distribution, optimizer, parameters: shared });
 * ```
 */
export function createSharedMemory(options: { readonly megabytes: number }): SharedMemory {
  const where = 'createSharedMemory';
  checkKeys(where, options, ['megabytes']);
  const { megabytes } = options;
  if (!Number.isInteger(megabytes) || megabytes < 1 || megabytes > 4096) {
    throw new InvalidOptionsError({
      where,
      got: `megabytes: ${describeValue(megabytes)}`,
      expected: 'a whole number from 1 to 4096',
      remedy: 'Change "megabytes".',
    });
  }
  if ((globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === false) {
    throw new UnavailableError({
      where,
      got: 'a page that is not cross-origin isolated',
      expected: 'one whose threads may share memory',
      remedy: 'Serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.',
    });
  }
  requireWebAssembly(where);
  const memory = allocate(megabytes);
  sharedModule(); // a host may share memory and still compile no kernels over it
  SharedPages.prepare(memory);
  return memory as unknown as SharedMemory;
}

function allocate(megabytes: number): WebAssembly.Memory {
  const pages = megabytes * PAGES_A_MEGABYTE;
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  } catch (cause) {
    throw new UnavailableError({
      where: 'createSharedMemory',
      got: `a runtime that refuses ${megabytes} MiB of shared memory`,
      expected: 'one that provides them',
      remedy: 'Use fewer megabytes, or a runtime with WebAssembly threads (every browser since 2022, Node since 16.4).',
      cause,
    });
  }
}
