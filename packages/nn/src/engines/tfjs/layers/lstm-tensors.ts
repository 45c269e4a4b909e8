import type { Tensor, TensorFlow } from '../tensorflow.js';
import type { CellGradients, CellStep, TensorCell } from './tensor-cell.js';

/** Long short-term memory, its states h and c; the equations stand at `lstm`. */
export function lstmTensors(tf: TensorFlow): TensorCell {
  const gatesOf = (a: Tensor, u: Tensor) => {
    const [i, f, g, o] = tf.split(tf.add(a, u), 4, 1) as [Tensor, Tensor, Tensor, Tensor];
    return { i: tf.sigmoid(i), f: tf.sigmoid(f), g: tf.tanh(g), o: tf.sigmoid(o) };
  };
  const throughSigmoid = (y: Tensor, dy: Tensor) => tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  const throughTanh = (y: Tensor, dy: Tensor) => tf.mul(dy, tf.sub(1, tf.mul(y, y)));
  return {
    forward(a, u, [, cBefore]) {
      const { i, f, g, o } = gatesOf(a, u);
      const c = tf.add(tf.mul(f, cBefore!), tf.mul(i, g));
      return [tf.mul(o, tf.tanh(c)), c];
    },
    backward({ a, u, before, after }: CellStep, [dh, dcAfter]): CellGradients {
      const { i, f, g, o } = gatesOf(a, u);
      const tanhC = tf.tanh(after[1]!);
      const dc = tf.add(dcAfter!, throughTanh(tanhC, tf.mul(dh!, o)));
      const gates = [
        throughSigmoid(i, tf.mul(dc, g)),
        throughSigmoid(f, tf.mul(dc, before[1]!)),
        throughTanh(g, tf.mul(dc, i)),
        throughSigmoid(o, tf.mul(dh!, tanhC)),
      ];
      const d = tf.concat(gates, 1);
      return { da: d, du: d, dBefore: [tf.zerosLike(dh!), tf.mul(dc, f)] };
    },
  };
}
