import type { Layer } from '../../network/layer.js';
import { activationLayer } from './activation-layer.js';
import { conv2dLayer } from './conv2d-layer.js';
import { denseLayer } from './dense-layer.js';
import type { DeviceParameters } from './device-parameters.js';
import type { Gradients, TensorLayer } from './tensor-layer.js';
import type { Tensor, TensorFlow } from './tensorflow.js';

/** Layers one behind the other; there may be none. */
export class TensorChain {
  readonly #layers: readonly TensorLayer[];

  constructor(tf: TensorFlow, layers: readonly Layer[], prefix: string, parameters: DeviceParameters) {
    this.#layers = layers.map((layer, index) => makeLayer(tf, layer, `${prefix}.${index}`, parameters));
  }

  /** What goes into each layer, and last what comes out: [count, …] each. */
  forward(x: Tensor): Tensor[] {
    const signals = [x];
    for (const layer of this.#layers) signals.push(layer.forward(signals.at(-1)!));
    return signals;
  }

  /** Puts the gradients of the parameters, and returns that of the input if it is wanted. */
  backward(signals: readonly Tensor[], dOutput: Tensor, wantsInput: boolean, gradients: Gradients): Tensor | undefined {
    let dy: Tensor | undefined = dOutput;
    for (let i = this.#layers.length - 1; i >= 0 && dy !== undefined; i--) {
      dy = this.#layers[i]!.backward({ x: signals[i]!, y: signals[i + 1]!, dy, wantsInput: wantsInput || i > 0 }, gradients);
    }
    return dy;
  }
}

function makeLayer(tf: TensorFlow, layer: Layer, name: string, parameters: DeviceParameters): TensorLayer {
  if (layer.kind === 'activation') return activationLayer(tf, layer.activation);
  if (layer.kind === 'dense') return denseLayer(tf, layer, name, parameters);
  if (layer.kind === 'conv2d') return conv2dLayer(tf, layer, name, parameters);
  throw new Error(`the ${layer.kind} layer ${name} was let through`); // the engine has refused networks with it
}
