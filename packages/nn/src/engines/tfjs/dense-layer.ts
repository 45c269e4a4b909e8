import type { DenseLayer } from '../../network/layer.js';
import type { DeviceParameters } from './device-parameters.js';
import type { TensorLayer } from './tensor-layer.js';
import type { Tensor, Tensor2D, TensorFlow } from './tensorflow.js';

/** y = x·W + b: [count, …] seen as [count, inputs] to [count, units]. */
export function denseLayer(tf: TensorFlow, layer: DenseLayer, name: string, parameters: DeviceParameters): TensorLayer {
  const [weight, bias] = [`${name}.weight`, `${name}.bias`];
  const flat = (x: Tensor): Tensor2D => tf.reshape(x, [x.shape[0]!, x.size / x.shape[0]!]);
  return {
    forward(x) {
      const product = tf.matMul(flat(x), parameters.get<Tensor2D>(weight));
      return layer.bias ? tf.add(product, parameters.get(bias)) : product;
    },
    backward({ x, dy, wantsInput }, gradients) {
      gradients.set(weight, tf.matMul(flat(x), dy, true, false));
      if (layer.bias) gradients.set(bias, tf.sum(dy, 0));
      return wantsInput ? tf.reshape(tf.matMul(dy, parameters.get<Tensor2D>(weight), false, true), x.shape) : undefined;
    },
  };
}
