import { getThreadsCount, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';

/** TensorFlow.js on its WebAssembly backend, with SIMD and one thread. Work on it is done when a call returns. */
export async function readyTensorFlow(): Promise<typeof tf> {
  if (tf.getBackend() === 'wasm') return tf;
  // no checks of its own arguments, which would slow it down
  tf.enableProdMode();
  setThreadsCount(1);
  await tf.setBackend('wasm');
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (simd !== true || getThreadsCount() !== 1) throw new Error('tfjs-wasm should run with SIMD on one thread, but does not.');
  return tf;
}
