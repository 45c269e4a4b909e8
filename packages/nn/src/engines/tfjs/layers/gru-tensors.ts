import type { Tensor, TensorFlow } from '../tensorflow.js';
import type { CellGradients, CellStep, TensorCell } from './tensor-cell.js';

/** Gated recurrent unit, its state h; the equations stand at `gru`. */
export function gruTensors(tf: TensorFlow): TensorCell {
  const gatesOf = (a: Tensor, u: Tensor) => {
    const [ar, az, an] = tf.split(a, 3, 1) as [Tensor, Tensor, Tensor];
    const [ur, uz, un] = tf.split(u, 3, 1) as [Tensor, Tensor, Tensor];
    const r = tf.sigmoid(tf.add(ar, ur));
    return { r, z: tf.sigmoid(tf.add(az, uz)), n: tf.tanh(tf.add(an, tf.mul(r, un))), un };
  };
  const throughSigmoid = (y: Tensor, dy: Tensor) => tf.mul(dy, tf.mul(y, tf.sub(1, y)));
  return {
    forward(a, u, [h]) {
      const { z, n } = gatesOf(a, u);
      return [tf.add(tf.mul(tf.sub(1, z), n), tf.mul(z, h!))];
    },
    backward({ a, u, before: [h] }: CellStep, [dh]): CellGradients {
      const { r, z, n, un } = gatesOf(a, u);
      const dan = tf.mul(tf.mul(dh!, tf.sub(1, z)), tf.sub(1, tf.mul(n, n)));
      const dr = throughSigmoid(r, tf.mul(dan, un));
      const dz = throughSigmoid(z, tf.mul(dh!, tf.sub(h!, n)));
      return { da: tf.concat([dr, dz, dan], 1), du: tf.concat([dr, dz, tf.mul(dan, r)], 1), dBefore: [tf.mul(dh!, z)] };
    },
  };
}
