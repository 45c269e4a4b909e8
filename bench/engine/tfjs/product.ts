import type { Network } from '@pg/nn';
import * as tf from '@tensorflow/tfjs-core';
import { type Contender, inProcess } from '../row.js';
import { startOf } from '../start.js';

/** `tf.matMul` of inputs [rows, inputs] that are there with the weight of a network of one layer. */
export function tensorFlowProduct(network: Network, inputs: Float32Array, rows: number): Contender {
  const [weight] = startOf(network);
  const x = tf.tensor2d(inputs, [rows, inputs.length / rows]);
  const w = tf.tensor2d(weight!.values, weight!.shape as [number, number]);
  const outcome = () => tf.tidy(() => tf.matMul(x, w).dataSync());
  return inProcess(() => tf.matMul(x, w).dispose(), { outcome, dispose: () => tf.dispose([x, w]) });
}
