import type { Conv2dLayer } from '../../network/conv2d.js';
import type { DeviceParameters } from './device-parameters.js';
import type { TensorLayer } from './tensor-layer.js';
import type { Device, Tensor, Tensor4D, TensorFlow } from './tensorflow.js';

/** The kernel of the filters' gradient, which not every backend has. */
const FILTER_GRADIENT = 'Conv2DBackpropFilter';

/** Whether a backend can compute the gradients of a convolution. */
export function trainsConvolutions({ tf, registered }: Device): boolean {
  return tf.getKernel(FILTER_GRADIENT, registered) != null;
}

/** A convolution of [count, height, width, channels] with zeros around each image, the same on all four sides. */
export function conv2dLayer(tf: TensorFlow, layer: Conv2dLayer, name: string, parameters: DeviceParameters): TensorLayer {
  const [weight, bias] = [`${name}.weight`, `${name}.bias`];
  const { stride, padding } = layer;
  const pad = (x: Tensor) => (padding === 0 ? (x as Tensor4D) : tf.pad(x as Tensor4D, [[0, 0], around(padding), around(padding), [0, 0]]));
  return {
    forward(x) {
      const places = tf.conv2d(pad(x), parameters.get<Tensor4D>(weight), stride, 'valid');
      return layer.bias ? tf.add(places, parameters.get(bias)) : places;
    },
    backward({ x, dy, wantsInput }, gradients) {
      const padded = pad(x);
      gradients.set(weight, filterGradient(tf, padded, dy, layer));
      if (layer.bias) gradients.set(bias, tf.sum(dy, [0, 1, 2]));
      if (!wantsInput) return undefined;
      const dx = tf.conv2dTranspose(dy as Tensor4D, parameters.get<Tensor4D>(weight), padded.shape, stride, 'valid');
      return padding === 0 ? dx : tf.slice(dx, [0, padding, padding, 0], x.shape as Tensor4D['shape']);
    },
  };
}

function around(padding: number): [number, number] {
  return [padding, padding];
}

/** [kernel, kernel, channels, filters]. The public functions have this only inside of gradients. */
function filterGradient(tf: TensorFlow, x: Tensor4D, dy: Tensor, { kernel, stride, filters }: Conv2dLayer): Tensor {
  const filterShape = [kernel, kernel, x.shape[3], filters];
  return tf.engine().runKernel(FILTER_GRADIENT, { x, dy }, { strides: stride, pad: 'valid', dataFormat: 'NHWC', filterShape });
}
