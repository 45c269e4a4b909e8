import { checkNetwork } from '../check-network.js';
import { checkOptimizer } from '../check-optimizer.js';
import { WasmNetwork } from '../wasm/wasm-network.js';
import type { LoadedBackend } from './backend/load-backend.js';
import { checkModels } from './check-models.js';
import { tensorFlowBody } from './tensorflow-body.js';
import type { TfjsEngine } from './tfjs.js';

const WHERE = 'tfjs engine';

/** Numbers that the signals of one block of rows may have together: 128 MiB on the device, twice that in a backward pass. */
const BLOCK_NUMBERS = 2 ** 25;

/** An engine on a loaded backend. Its arrays, distributions and optimisers are the WebAssembly engine's: only the layers are not. */
export function tfjsEngine({ device, backend, skipped }: LoadedBackend, blockNumbers = BLOCK_NUMBERS): TfjsEngine {
  const maker = { where: WHERE, makeBody: tensorFlowBody(device, blockNumbers) };
  return {
    name: 'tfjs',
    backend,
    skipped,
    compile(network, options) {
      checkNetwork(WHERE, network, options);
      const { rows, distribution, sequence, parameters } = options;
      return new WasmNetwork(network, { rows, distribution, ...(sequence && { sequence }), parameters }, maker);
    },
    compileForTraining(network, options) {
      checkNetwork(WHERE, network, options);
      checkOptimizer(WHERE, options.optimizer);
      checkModels(WHERE, network, device);
      return new WasmNetwork(network, options, maker);
    },
  };
}
