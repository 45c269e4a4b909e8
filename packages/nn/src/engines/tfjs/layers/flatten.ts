import type { Tensor, Tensor2D, TensorFlow } from '../tensorflow.js';
import type { TensorLayer } from './tensor-layer.js';

/** [count, …] seen as [count, inputs]. */
export function flatten(tf: TensorFlow, x: Tensor): Tensor2D {
  return tf.reshape(x, [x.shape[0]!, x.size / x.shape[0]!]);
}

/** The layer that does this; its gradient has the shape of what came in. */
export function flattenLayer(tf: TensorFlow): TensorLayer {
  return {
    forward: (x) => flatten(tf, x),
    backward: ({ x, dy, wantsInput }) => (wantsInput ? tf.reshape(dy, x.shape) : undefined),
  };
}
