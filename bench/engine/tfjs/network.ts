import type { Layer, Network } from '@pg/nn';
import * as tf from '@tensorflow/tfjs-core';
import { startOf } from '../start.js';

/** A network of dense layers in TensorFlow.js. */
export interface TensorFlowNetwork {
  readonly variables: tf.Variable[];
  /** The outputs [rows, size] of a head. */
  forward(x: tf.Tensor2D): Record<string, tf.Tensor2D>;
  dispose(): void;
}

/** The same network, with the same parameters at first. */
export function tensorFlowNetwork(network: Network): TensorFlowNetwork {
  const byName = new Map(startOf(network).map(({ name, shape, values }) => [name, tf.variable(tf.tensor(values, [...shape]), true, undefined, 'float32')]));
  const chain = (layers: readonly Layer[], prefix: string, start: tf.Tensor2D) =>
    layers.reduce<tf.Tensor2D>((x, layer, index) => {
      if (layer.kind === 'activation') return layer.activation === 'relu' ? tf.relu(x) : tf.tanh(x);
      if (layer.kind !== 'dense') throw new Error(`the benchmark has no ${layer.kind} layer for TensorFlow.js`);
      const y: tf.Tensor2D = tf.matMul(x, byName.get(`${prefix}.${index}.weight`) as unknown as tf.Tensor2D);
      return layer.bias ? tf.add<tf.Tensor2D>(y, byName.get(`${prefix}.${index}.bias`)!) : y;
    }, start);
  const variables = [...byName.values()];
  return {
    variables,
    forward(x) {
      const features = chain(network.trunk, 'trunk', x);
      return Object.fromEntries(Object.entries(network.heads).map(([head, layers]) => [head, chain(layers, `heads.${head}`, features)]));
    },
    dispose: () => tf.dispose(variables),
  };
}
