import type { Conv2dLayer } from '../../../network/conv2d.js';
import type { Device, Tensor, Tensor4D, TensorFlow } from '../tensorflow.js';
import type { DeviceParameters } from './device-parameters.js';
import type { TensorLayer } from './tensor-layer.js';

/** The kernel of the filters' gradient, which the backend wasm lacks. */
const FILTER_GRADIENT = 'Conv2DBackpropFilter';

/** A convolution of [count, height, width, channels] with zeros around each image, the same on all four sides. */
export function conv2dLayer(device: Device, layer: Conv2dLayer, name: string, parameters: DeviceParameters): TensorLayer {
  const { tf } = device;
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
      gradients.set(weight, filterGradient(device, padded, dy as Tensor4D, layer));
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

/** [kernel, kernel, channels, filters]. */
function filterGradient(device: Device, x: Tensor4D, dy: Tensor4D, layer: Conv2dLayer): Tensor {
  const { tf, registered } = device;
  if (tf.getKernel(FILTER_GRADIENT, registered) == null) return filterGradientOfProducts(tf, x, dy, layer);
  const { kernel, stride, filters } = layer;
  const filterShape = [kernel, kernel, x.shape[3], filters];
  // the public functions have this only inside of gradients
  return tf.engine().runKernel(FILTER_GRADIENT, { x, dy }, { strides: stride, pad: 'valid', dataFormat: 'NHWC', filterShape });
}

/** The same for backends without that kernel: what each tap of the filter saw, times the gradients of the places. */
export function filterGradientOfProducts(tf: TensorFlow, x: Tensor4D, dy: Tensor4D, { kernel, stride, filters }: Conv2dLayer): Tensor {
  const [count, rows, columns] = dy.shape;
  const channels = x.shape[3];
  const places = tf.reshape(dy, [count * rows * columns, filters]);
  const products: Tensor[] = [];
  for (let i = 0; i < kernel; i++) {
    for (let j = 0; j < kernel; j++) {
      const end = [count, i + (rows - 1) * stride + 1, j + (columns - 1) * stride + 1, channels];
      const seen = tf.stridedSlice(x, [0, i, j, 0], end, [1, stride, stride, 1]);
      products.push(tf.matMul(tf.reshape(seen, [count * rows * columns, channels]), places, true, false));
    }
  }
  return tf.reshape(tf.concat(products), [kernel, kernel, channels, filters]);
}
