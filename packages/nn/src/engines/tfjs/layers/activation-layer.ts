import type { ActivationName } from '../../../network/layer.js';
import type { Tensor, TensorFlow } from '../tensorflow.js';
import type { TensorLayer } from './tensor-layer.js';

/** y = f(x) for each element. The derivatives take y, as those of the kernels do: no backend lacks what they are made of. */
export function activationLayer(tf: TensorFlow, activation: ActivationName): TensorLayer {
  const derivative = derivatives[activation];
  return {
    forward: (x) => tf[activation](x),
    backward: ({ y, dy, wantsInput }) => (wantsInput ? tf.mul(dy, derivative(tf, y)) : undefined),
  };
}

const derivatives: Record<ActivationName, (tf: TensorFlow, y: Tensor) => Tensor> = {
  relu: (tf, y) => tf.cast(tf.greater(y, 0), 'float32'),
  tanh: (tf, y) => tf.sub(1, tf.mul(y, y)),
  // y = eˣ − 1 below zero, where the derivative is eˣ
  elu: (tf, y) => tf.add(tf.minimum(y, 0), 1),
  sigmoid: (tf, y) => tf.mul(y, tf.sub(1, y)),
};
