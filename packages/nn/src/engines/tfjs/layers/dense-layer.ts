import type { DenseLayer } from '../../../network/layer.js';
import type { Tensor2D, TensorFlow } from '../tensorflow.js';
import type { DeviceParameters } from './device-parameters.js';
import { flatten } from './flatten.js';
import type { TensorLayer } from './tensor-layer.js';

/** y = x·W + b: [count, …] seen as [count, inputs] to [count, units]. */
export function denseLayer(tf: TensorFlow, layer: DenseLayer, name: string, parameters: DeviceParameters): TensorLayer {
  const [weight, bias] = [`${name}.weight`, `${name}.bias`];
  return {
    forward(x) {
      const product = tf.matMul(flatten(tf, x), parameters.get<Tensor2D>(weight));
      return layer.bias ? tf.add(product, parameters.get(bias)) : product;
    },
    backward({ x, dy, wantsInput }, gradients) {
      gradients.set(weight, tf.matMul(flatten(tf, x), dy, true, false));
      if (layer.bias) gradients.set(bias, tf.sum(dy, 0));
      return wantsInput ? tf.reshape(tf.matMul(dy, parameters.get<Tensor2D>(weight), false, true), x.shape) : undefined;
    },
  };
}
