import * as tf from '@tensorflow/tfjs-core';

/**
 * Gives TensorFlow.js a faster gradient of `matMul` than its own: with operands transposed beforehand. Its own asks for the
 * products xᵀ·dy and dy·Wᵀ with flags, for which the WebAssembly backend leaves XNNPACK for a plain loop.
 *
 * @returns what puts its own back
 */
export function useFastProductGradient(): () => void {
  const own = tf.getGradient(tf.BatchMatMul);
  tf.registerGradient({
    kernelName: tf.BatchMatMul,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [tf.Tensor2D, tf.Tensor2D];
      const upstream = dy as tf.Tensor2D;
      return {
        a: () => tf.matMul(upstream, tf.transpose(b)),
        b: () => tf.matMul(tf.transpose(a), upstream),
      };
    },
  });
  return () => tf.registerGradient(own);
}
