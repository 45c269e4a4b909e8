import type { ModelLayer } from '../../../network/model-layer.js';
import type { Tensor, TensorFlow, Variable } from '../tensorflow.js';
import type { DeviceParameters } from './device-parameters.js';
import type { TensorLayer } from './tensor-layer.js';

/** A weight of a `tf.LayersModel`. */
interface Weight {
  read(): Variable;
  write(value: Tensor): void;
}

/** The parts of a `tf.LayersModel` that compute. */
interface Model {
  readonly weights: readonly Weight[];
  readonly trainableWeights: readonly Weight[];
  apply(x: Tensor, options: { readonly training: false }): Tensor;
}

/** A user's model. Several networks may share it: each pass puts the weights of its own. */
export function modelTensors(tf: TensorFlow, layer: ModelLayer, name: string, parameters: DeviceParameters): TensorLayer {
  const model = layer.model as Model;
  const apply = (x: Tensor) => model.apply(tf.reshape(x, [x.shape[0]!, ...layer.inputShape]), { training: false });
  const putWeights = () => {
    for (const [i, weight] of model.weights.entries()) weight.write(parameters.get(`${name}.weights.${i}`));
  };
  return {
    forward(x) {
      putWeights();
      return apply(x);
    },
    backward({ x, y, dy, wantsInput }, gradients) {
      putWeights();
      const learned = [...model.weights.entries()].filter(([, weight]) => model.trainableWeights.includes(weight));
      const sources = [...(wantsInput ? [x] : []), ...learned.map(([, weight]) => weight.read())];
      if (sources.length === 0) return undefined;
      const { grads } = tf.engine().gradients(() => apply(x), sources, tf.reshape(dy, y.shape), true);
      // what the output does not depend on has none
      const [dx, ...dWeights] = wantsInput ? grads : [undefined, ...grads];
      for (const [n, [i]] of learned.entries()) if (dWeights[n] != null) gradients.set(`${name}.weights.${i}`, dWeights[n]);
      return wantsInput ? (dx ?? tf.zerosLike(x)) : undefined;
    },
  };
}
