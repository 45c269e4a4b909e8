import { isUint8Array, requireArgument } from '@pg/core';
import type { CompiledNetwork } from './engine.js';

/**
 * A network's inputs as an array that any numbers can be written to. Where inputs are bytes, numbers are rounded to the nearest whole
 * one and kept within 0 and 255; writing to a `Uint8Array` itself would cut them off and wrap them around.
 */
export function writableInput(network: Pick<CompiledNetwork, 'input'>): Float32Array | Uint8ClampedArray {
  requireArgument(ArrayBuffer.isView(network?.input), 'writableInput', { name: 'network', value: network, expected: 'a compiled network' });
  const { input } = network;
  return isUint8Array(input) ? new Uint8ClampedArray(input.buffer, input.byteOffset, input.length) : input;
}
