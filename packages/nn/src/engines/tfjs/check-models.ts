import { describeThrown, UnavailableError } from '@pg/core';
import type { ModelLayer } from '../../network/model-layer.js';
import type { Network } from '../../network/network.js';
import { type Device, onDevice, type Tensor } from './tensorflow.js';

/**
 * Computes the gradients of the users' models in a network once: a backend may lack a kernel, and a program the gradients.
 *
 * @throws UnavailableError for one whose gradients cannot be computed here
 */
export function checkModels(where: string, { trunk, heads }: Network, device: Device): void {
  const models = new Set([trunk, ...Object.values(heads)].flat().filter((layer) => layer.kind === 'model'));
  for (const layer of models) {
    const failure = gradientFailure(layer, device);
    if (failure === undefined) continue;
    throw new UnavailableError({
      where,
      got: `${layer.name}, whose gradients cannot be computed here (${failure})`,
      expected: 'a model that can learn',
      remedy: "Import '@tensorflow/tfjs', which brings the gradients ('@tensorflow/tfjs-core' alone does not); or use another backend or other layers.",
    });
  }
}

function gradientFailure({ model, inputShape }: ModelLayer, device: Device): string | undefined {
  const { apply, trainableWeights } = model as { apply(x: Tensor): Tensor; trainableWeights: readonly { read(): Tensor }[] };
  const { tf } = device;
  try {
    onDevice(device, () => {
      const x = tf.zeros([1, ...inputShape]);
      tf.engine().gradients(() => apply.call(model, x), [x, ...trainableWeights.map((weight) => weight.read())], null as never, true);
    });
    return undefined;
  } catch (error) {
    return describeThrown(error)
      .split('\n')[0]!
      .replace(/[.\s]+$/, '');
  }
}
