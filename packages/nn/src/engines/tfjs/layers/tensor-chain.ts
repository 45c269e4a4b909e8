import type { Layer } from '../../../network/layer.js';
import { isRecurrent } from '../../../network/recurrent-layer.js';
import type { RecurrentState } from '../../wasm/operations/recurrent-state.js';
import type { PlanContext } from '../../wasm/plan.js';
import type { Device, Tensor } from '../tensorflow.js';
import { activationLayer } from './activation-layer.js';
import { conv2dLayer } from './conv2d-layer.js';
import { denseLayer } from './dense-layer.js';
import type { DeviceParameters } from './device-parameters.js';
import { flattenLayer } from './flatten.js';
import { modelTensors } from './model-tensors.js';
import { RecurrentTensors } from './recurrent-tensors.js';
import type { Gradients, PassRows, TensorLayer } from './tensor-layer.js';

/** What the layers of a network are made with. */
export interface ChainContext {
  readonly device: Device;
  /** The network's, on the device. */
  readonly parameters: DeviceParameters;
  readonly plan: PlanContext;
}

/** How a backward pass enters a chain. */
export interface ChainGradient {
  /** The first row. */
  readonly first: number;
  /** The gradient of the chain's output. */
  readonly dy: Tensor;
  /** Whether the gradient of its input is wanted. */
  readonly wantsInput: boolean;
}

/** Layers one behind the other; there may be none. */
export class TensorChain {
  readonly #layers: readonly TensorLayer[];

  constructor(layers: readonly Layer[], prefix: string, context: ChainContext) {
    this.#layers = layers.map((layer, index) => makeLayer(layer, `${prefix}.${index}`, context));
  }

  /** Those of its recurrent layers. */
  get states(): RecurrentState[] {
    return this.#layers.flatMap(({ states }) => states ?? []);
  }

  /** What goes into each layer, and last what comes out: [count, …] each. */
  forward(x: Tensor, rows: PassRows): Tensor[] {
    const signals = [x];
    for (const layer of this.#layers) signals.push(layer.forward(signals.at(-1)!, rows));
    return signals;
  }

  /** Called once before the blocks of a backward pass. */
  beginBackward(): void {
    for (const layer of this.#layers) layer.beginBackward?.();
  }

  /** Puts the gradients of the parameters, and returns that of the input if it is wanted. */
  backward(signals: readonly Tensor[], { first, dy: dOutput, wantsInput }: ChainGradient, gradients: Gradients): Tensor | undefined {
    let dy: Tensor | undefined = dOutput;
    for (let i = this.#layers.length - 1; i >= 0 && dy !== undefined; i--) {
      dy = this.#layers[i]!.backward({ first, x: signals[i]!, y: signals[i + 1]!, dy, wantsInput: wantsInput || i > 0 }, gradients);
    }
    return dy;
  }
}

function makeLayer(layer: Layer, name: string, { device, parameters, plan }: ChainContext): TensorLayer {
  const { tf } = device;
  if (layer.kind === 'activation') return activationLayer(tf, layer.activation);
  if (layer.kind === 'flatten') return flattenLayer(tf);
  if (layer.kind === 'dense') return denseLayer(tf, layer, name, parameters);
  if (isRecurrent(layer)) return new RecurrentTensors(layer, name, { tf, parameters, plan });
  if (layer.kind === 'model') return modelTensors(tf, layer, name, parameters);
  return conv2dLayer(device, layer, name, parameters);
}
