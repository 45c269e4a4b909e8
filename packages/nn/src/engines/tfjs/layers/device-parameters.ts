import type { NamedTensor } from '../../../network/parameters.js';
import type { Tensor, TensorFlow } from '../tensorflow.js';

/** A parameter on the device, with the numbers that it was made of. */
interface Copy {
  readonly tensor: Tensor;
  readonly values: Float32Array;
}

/** Parameters on the device, made anew when their arrays changed: by an optimiser step, or by whoever writes to them. */
export class DeviceParameters {
  readonly #tf: TensorFlow;
  readonly #copies = new Map<string, Copy>();

  constructor(tf: TensorFlow) {
    this.#tf = tf;
  }

  /** Brings the device up to date: compares every number, and sends the parameters that differ. */
  update(parameters: readonly NamedTensor[]): void {
    for (const { name, shape, values } of parameters) {
      const copy = this.#copies.get(name);
      if (copy !== undefined && areEqual(copy.values, values)) continue;
      copy?.tensor.dispose();
      // some backends keep the array that they are given
      const sent = values.slice();
      this.#copies.set(name, { tensor: this.#tf.keep(this.#tf.tensor(sent, [...shape])), values: sent });
    }
  }

  /** A parameter's tensor, of the parameter's shape. */
  get<T extends Tensor>(name: string): T {
    return this.#copies.get(name)!.tensor as T;
  }

  /** Frees the tensors. */
  dispose(): void {
    for (const { tensor } of this.#copies.values()) tensor.dispose();
    this.#copies.clear();
  }
}

/** Hot: all parameters, once a forward and once a backward pass. */
function areEqual(a: Float32Array, b: Float32Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
