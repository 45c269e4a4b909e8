import { fileURLToPath } from 'node:url';
import type { Network } from '@pg/nn';
import type { Contender } from '../row.js';
import { startOf } from '../start.js';
import { TorchProcess } from './torch-process.js';

// From where it was built, bench/dist/engine, to where it was written.
const PROGRAM = fileURLToPath(new URL('../../engine/torch/convolution.py', import.meta.url));

/** The convolutions in PyTorch, forward and with `gradients` backward. */
export async function torchConvolution(network: Network, inputs: Float32Array, actions: Int32Array, gradients: boolean): Promise<Contender> {
  const program = new TorchProcess(PROGRAM);
  const weights = startOf(network).map(({ values }) => base64(values));
  await program.ask({ weights, inputs: base64(inputs), actions: [...actions], gradients });
  return {
    run: (times) => program.ask({ run: times }) as Promise<number>,
    outcome: () => program.ask({ outcome: true }) as Promise<number[]>,
    dispose: () => program.end(),
  };
}

function base64(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}
