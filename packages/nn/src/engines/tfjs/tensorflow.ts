import type * as tensorflow from '@tensorflow/tfjs-core';

/** The functions of TensorFlow.js: the core's, or those of a package that contains it. */
export type TensorFlow = typeof tensorflow;

export type { Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core';

/** TensorFlow.js with the backend that one engine computes on. */
export interface Device {
  readonly tf: TensorFlow;
  /** The name that the backend registered itself by, for example `tensorflow`. */
  readonly registered: string;
}

/**
 * Runs operations on a device and frees every tensor that they made. Which backend computes is a global of TensorFlow.js:
 * it is set again when another engine, or the user's own program, changed it.
 */
export function onDevice({ tf, registered }: Device, work: () => void): void {
  // for a backend that has started, this takes effect before it returns
  if (tf.getBackend() !== registered) void tf.setBackend(registered);
  tf.tidy(work);
}
