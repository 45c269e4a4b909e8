import { describeValue, InvalidOptionsError, InvalidShapeError } from '@pg/core';
import type { Network } from '../../network/network.js';
import { headSize } from '../../network/parameters.js';
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
      checkNetwork(network, options);
      return new WasmNetwork(network, { rows: options.rows, distribution: options.distribution });
    },
    compileForTraining(network: Network, options: TrainingOptions): TrainableNetwork {
      checkNetwork(network, options);
      return new WasmNetwork(network, options);
    },
  };
}

function checkNetwork(network: Network, { rows, distribution }: CompileOptions): void {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new InvalidOptionsError({
      where: 'wasm engine',
      got: `rows: ${describeValue(rows)}`,
      expected: 'a positive whole number',
      remedy: 'Give the most inputs that are held at a time.',
    });
  }
  const empty = Object.entries(network.heads).find(([, layers]) => layers.length === 0);
  if (empty) {
    throw new InvalidShapeError({
      where: 'wasm engine',
      got: `the head "${empty[0]}" without layers`,
      expected: 'at least one layer a head',
      remedy: 'Add a dense layer to the head.',
    });
  }
  const { head } = distribution;
  if (!Object.hasOwn(network.heads, head)) {
    const heads = Object.keys(network.heads).join(', ');
    throw new InvalidShapeError({
      where: 'wasm engine',
      got: `a distribution on the head "${head}"`,
      expected: `one of the heads ${heads}`,
      remedy: 'Name a head of the network.',
    });
  }
  const size = headSize(network, head);
  if (distribution.kind === 'diagonalGaussian' && vectorSize(network, distribution.logStd) !== size) {
    throw new InvalidShapeError({
      where: 'wasm engine',
      got: `no vector "${distribution.logStd}" of size ${size}`,
      expected: `one log σ for each of the ${size} means`,
      remedy: "Add it to the network's vectors.",
    });
  }
}

function vectorSize({ vectors = {} }: Network, name: string): number | undefined {
  return Object.hasOwn(vectors, name) ? vectors[name]!.size : undefined;
}
