import { shapeSize } from '@pg/core';
import { layerOutputShape } from '../../network/layer-shape.js';
import type { Network } from '../../network/network.js';
import { headSize, type NamedTensor } from '../../network/parameters.js';
import { viewTensors } from '../wasm/learning/parameter-block.js';
import type { MakeNetworkBody, NetworkBody } from '../wasm/network-body.js';
import type { RecurrentState } from '../wasm/operations/recurrent-state.js';
import type { Signal } from '../wasm/operations/signal.js';
import { inputSignal, type PlanContext } from '../wasm/plan.js';
import { DeviceParameters } from './layers/device-parameters.js';
import { TensorChain } from './layers/tensor-chain.js';
import type { Gradients } from './layers/tensor-layer.js';
import { type Device, onDevice, type Tensor } from './tensorflow.js';

/**
 * A body of TensorFlow.js operations. The arrays of the arena are what users see: rows go to the device and come back from it.
 *
 * @param blockNumbers - numbers that the signals of the rows that are computed at a time may have together
 */
export function tensorFlowBody(device: Device, blockNumbers: number): MakeNetworkBody {
  return (network, context) => new TensorFlowBody(network, context, { device, blockNumbers });
}

/** Where a body computes. */
interface Place {
  readonly device: Device;
  readonly blockNumbers: number;
}

class TensorFlowBody implements NetworkBody {
  readonly marksRows = false;
  readonly input: Signal;
  readonly heads: ReadonlyMap<string, Signal>;
  readonly states: readonly RecurrentState[];
  readonly #device: Device;
  readonly #network: Network;
  readonly #context: PlanContext;
  /** Rows that are taken together: N of a network with recurrent layers, 1 of others. */
  readonly #stepRows: number;
  readonly #blockRows: number;
  readonly #parameters: DeviceParameters;
  readonly #trunk: TensorChain;
  readonly #chains: ReadonlyMap<string, TensorChain>;
  #views: Views | undefined;

  constructor(network: Network, context: PlanContext, { device, blockNumbers }: Place) {
    const { tf } = device;
    this.#device = device;
    this.#network = network;
    this.#context = context;
    this.#stepRows = context.sequence?.numEnvs ?? 1;
    this.#blockRows = Math.max(1, Math.floor(blockNumbers / numbersPerRow(network) / this.#stepRows)) * this.#stepRows;
    this.input = inputSignal(network, context);
    this.heads = mapHeads(network, (head) => reserveSignal(context, headSize(network, head), context.gradients !== 0));
    this.#parameters = new DeviceParameters(tf);
    const chains = { device, parameters: this.#parameters, plan: context };
    this.#trunk = new TensorChain(network.trunk, 'trunk', chains);
    this.#chains = mapHeads(network, (head) => new TensorChain(network.heads[head]!, `heads.${head}`, chains));
    this.states = [this.#trunk, ...this.#chains.values()].flatMap(({ states }) => states);
  }

  forward(first: number, count: number, previous: number): void {
    this.#sendParameters(count);
    for (const [from, to] of this.#blocks(first, count)) {
      const rows = { first: from, previous: from === first ? previous : from - this.#stepRows };
      onDevice(this.#device, () => {
        const features = this.#trunk.forward(this.#inputs(from, to), rows).at(-1)!;
        for (const [head, chain] of this.#chains) {
          const output = chain.forward(features, rows).at(-1)!;
          this.#memory.outputs.get(head)!.set(output.dataSync(), from * this.heads.get(head)!.size);
        }
      });
    }
  }

  backward(count: number): void {
    this.#sendParameters(count);
    for (const chain of [this.#trunk, ...this.#chains.values()]) chain.beginBackward();
    // a state's gradient comes from later steps
    for (const [from, to] of this.#blocks(0, count).reverse()) onDevice(this.#device, () => this.#backwardBlock(from, to));
  }

  #backwardBlock(from: number, to: number): void {
    const gradients: Gradients = new Map();
    const rows = { first: from, previous: undefined };
    const trunk = this.#trunk.forward(this.#inputs(from, to), rows);
    const hasTrunk = this.#network.trunk.length > 0;
    const fromHeads = [...this.#chains].flatMap(([head, chain]) => {
      const signals = chain.forward(trunk.at(-1)!, rows);
      const dy = this.#outputGradients(head, signals.at(-1)!, from, to);
      return chain.backward(signals, { first: from, dy, wantsInput: hasTrunk }, gradients) ?? [];
    });
    if (hasTrunk) this.#trunk.backward(trunk, { first: from, dy: this.#device.tf.addN(fromHeads), wantsInput: false }, gradients);
    for (const { name, values } of this.#memory.gradients) addTo(values, gradients.get(name));
  }

  dispose(): void {
    this.#parameters.dispose();
  }

  /** Brings the device's parameters up to what the arrays are now, if there is anything to compute. */
  #sendParameters(count: number): void {
    if (count > 0) onDevice(this.#device, () => this.#parameters.update(this.#memory.parameters));
  }

  /** `[from, to)` of consecutive blocks of rows that fit the device. */
  #blocks(first: number, count: number): [from: number, to: number][] {
    const end = first + count;
    return Array.from({ length: Math.ceil(count / this.#blockRows) }, (_, i) => {
      const from = first + i * this.#blockRows;
      return [from, Math.min(end, from + this.#blockRows)];
    });
  }

  /** [to − from, …inputShape]. */
  #inputs(from: number, to: number): Tensor {
    const { tf } = this.#device;
    const { size } = this.input;
    const { inputShape, input: bytes } = this.#network;
    const inputs = tf.tensor(this.#memory.input.subarray(from * size, to * size), [to - from, ...inputShape]);
    return bytes ? tf.mul(inputs, bytes.scale) : inputs;
  }

  /** The gradients of a head's outputs, in their shape. */
  #outputGradients(head: string, { shape }: Tensor, from: number, to: number): Tensor {
    const { size } = this.heads.get(head)!;
    return this.#device.tf.tensor(this.#memory.outputGradients.get(head)!.subarray(from * size, to * size), shape);
  }

  /** Made late: a body is made before its arena is sealed. */
  get #memory(): Views {
    this.#views ??= viewMemory(this, this.#network, this.#context);
    return this.#views;
  }
}

/** The arrays that a body reads and writes. */
interface Views {
  readonly input: Float32Array | Uint8Array;
  readonly parameters: readonly NamedTensor[];
  readonly gradients: readonly NamedTensor[];
  /** By head. */
  readonly outputs: ReadonlyMap<string, Float32Array>;
  /** By head. */
  readonly outputGradients: ReadonlyMap<string, Float32Array>;
}

function viewMemory({ input, heads }: NetworkBody, network: Network, { arena, rows, layout, parameters, gradients }: PlanContext): Views {
  return {
    input: network.input ? arena.bytes(input.values, rows * input.size) : arena.floats(input.values, rows * input.size),
    parameters: viewTensors(arena, layout, parameters),
    gradients: gradients === 0 ? [] : viewTensors(arena, layout, gradients),
    outputs: new Map([...heads].map(([head, { size, values }]) => [head, arena.floats(values, rows * size)])),
    outputGradients: new Map([...heads].map(([head, { size, gradient }]) => [head, arena.floats(gradient, gradient === 0 ? 0 : rows * size)])),
  };
}

function reserveSignal({ arena, rows }: PlanContext, size: number, learns: boolean): Signal {
  return { size, values: arena.reserve(rows * size), gradient: learns ? arena.reserve(rows * size) : 0, gradientOfAllRows: true };
}

function mapHeads<T>(network: Network, make: (head: string) => T): Map<string, T> {
  return new Map(Object.keys(network.heads).map((head) => [head, make(head)]));
}

/** Inputs and outputs of all layers together, of one row. */
function numbersPerRow({ inputShape, trunk, heads }: Network): number {
  let sum = shapeSize(inputShape);
  let shape = inputShape;
  for (const layer of trunk) {
    shape = layerOutputShape(layer, shape);
    sum += shapeSize(shape);
  }
  for (const layers of Object.values(heads)) {
    let headShape = shape;
    for (const layer of layers) {
      headShape = layerOutputShape(layer, headShape);
      sum += shapeSize(headShape);
    }
  }
  return sum;
}

/** Adds the numbers of a gradient, if the layers have one of that name: free vectors are the distribution's. */
function addTo(sums: Float32Array, gradient: Tensor | undefined): void {
  const values = gradient?.dataSync();
  if (values === undefined) return;
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + values[i]!;
}
