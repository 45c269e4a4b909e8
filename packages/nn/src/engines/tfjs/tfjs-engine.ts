import { UnavailableError } from '@pg/core';
import type { Network } from '../../network/network.js';
import { hasState } from '../../network/recurrent-layer.js';
import { checkNetwork } from '../check-network.js';
import { WasmNetwork } from '../wasm/wasm-network.js';
import { trainsConvolutions } from './conv2d-layer.js';
import type { LoadedBackend } from './load-backend.js';
import { tensorFlowBody } from './tensorflow-body.js';
import type { TfjsEngine } from './tfjs.js';

const WHERE = 'tfjs engine';

/** An engine on a loaded backend. Its arrays, distributions and optimisers are the WebAssembly engine's: only the layers are not. */
export function tfjsEngine({ device, backend, skipped }: LoadedBackend): TfjsEngine {
  const maker = { where: WHERE, makeBody: tensorFlowBody(device) };
  return {
    name: 'tfjs',
    backend,
    skipped,
    compile(network, { rows, distribution, parameters }) {
      refuseRecurrent(network);
      checkNetwork(WHERE, network, { rows, distribution });
      return new WasmNetwork(network, { rows, distribution, parameters }, maker);
    },
    compileForTraining(network, options) {
      refuseRecurrent(network);
      checkNetwork(WHERE, network, options);
      if (convolves(network) && !trainsConvolutions(device)) throw cannotTrain(backend);
      return new WasmNetwork(network, options, maker);
    },
  };
}

function refuseRecurrent(network: Network): void {
  if (!hasState(network)) return;
  throw new UnavailableError({
    where: WHERE,
    got: 'a network with recurrent layers',
    expected: 'layers without memory',
    remedy: 'Use wasmEngine() of @pg/nn for it.',
  });
}

function convolves({ trunk, heads }: Network): boolean {
  return [trunk, ...Object.values(heads)].flat().some(({ kind }) => kind === 'conv2d');
}

function cannotTrain(backend: string): UnavailableError {
  return new UnavailableError({
    where: WHERE,
    got: `a convolution to train on the backend ${backend}, which lacks the gradient of its filters (Conv2DBackpropFilter)`,
    expected: 'a backend that has it',
    remedy: 'Use wasmEngine() of @pg/nn, whose own kernels train convolutions on any CPU, or the backend node-gpu, webgpu, node or cpu.',
  });
}
