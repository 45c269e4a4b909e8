import { checkKeys } from '@pg/core';
import type { Network } from '../../network/network.js';
import { checkNetwork } from '../check-network.js';
import { checkOptimizer } from '../check-optimizer.js';
import type { CompiledNetwork, CompileOptions, Engine, TrainableNetwork, TrainingOptions } from '../engine.js';
import type { SharedMemory } from '../shared-network.js';
import { checkUser } from './memory/check-user.js';
import { SharedPages } from './memory/shared-pages.js';
import { kernelBody } from './network-body.js';
import type { NetworkMaker } from './network-parts.js';
import { WasmNetwork } from './wasm-network.js';

const WHERE = 'wasm engine';

/**
 * The default engine: kernels in WebAssembly with SIMD, the same bits on every machine and in every JavaScript engine.
 *
 * @param options - `memory`: a shared memory for its networks, from `createSharedMemory`; by default each network has its own.
 *   `user`: whose networks they are, 1 to 254, so that `reclaimSharedMemory` can give back what a thread leaves behind when it is terminated
 * @throws InvalidOptionsError when the memory is another, or the user out of range
 *
 * @example
 * ```ts
 * const network = wasmEngine().compile(policyNetwork, { rows: 32, distribution: { kind: 'categorical', head: 'logits' } });
 * ```
 */
export function wasmEngine(options: { readonly memory?: SharedMemory | undefined; readonly user?: number } = {}): Engine {
  checkKeys(WHERE, options, ['memory', 'user']);
  const { memory, user } = options;
  if (user !== undefined) checkUser(WHERE, user);
  const maker: NetworkMaker = { where: WHERE, makeBody: kernelBody, pages: memory === undefined ? undefined : new SharedPages(WHERE, memory, user) };
  return {
    name: 'wasm',
    compile(network: Network, options: CompileOptions): CompiledNetwork {
      checkNetwork(WHERE, network, options);
      const { rows, distribution, sequence, parameters } = options;
      return new WasmNetwork(network, { rows, distribution, parameters, ...(sequence && { sequence }) }, maker);
    },
    compileForTraining(network: Network, options: TrainingOptions): TrainableNetwork {
      checkNetwork(WHERE, network, options);
      checkOptimizer(WHERE, options.optimizer);
      return new WasmNetwork(network, options, maker);
    },
  };
}
