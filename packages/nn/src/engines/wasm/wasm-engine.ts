import type { Network } from '../../network/network.js';
import { checkNetwork } from '../check-network.js';
import type { CompiledNetwork, CompileOptions, Engine, TrainableNetwork, TrainingOptions } from '../engine.js';
import { WasmNetwork } from './wasm-network.js';

/**
 * The default engine: kernels in WebAssembly with SIMD, the same bits on every machine and in every JavaScript engine.
 *
 * @example
 * ```ts
 * const network = wasmEngine().compile(policyNetwork, { rows: 32, distribution: { kind: 'categorical', head: 'logits' } });
 * ```
 */
export function wasmEngine(): Engine {
  return {
    name: 'wasm',
    compile(network: Network, options: CompileOptions): CompiledNetwork {
      checkNetwork('wasm engine', network, options);
      const { rows, distribution, sequence } = options;
      return new WasmNetwork(network, { rows, distribution, ...(sequence && { sequence }) });
    },
    compileForTraining(network: Network, options: TrainingOptions): TrainableNetwork {
      checkNetwork('wasm engine', network, options);
      return new WasmNetwork(network, options);
    },
  };
}
