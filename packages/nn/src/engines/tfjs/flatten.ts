import type { Tensor, Tensor2D, TensorFlow } from './tensorflow.js';

/** [count, …] seen as [count, inputs]. */
export function flatten(tf: TensorFlow, x: Tensor): Tensor2D {
  return tf.reshape(x, [x.shape[0]!, x.size / x.shape[0]!]);
}
