import { type Shape, shapeSize, UnavailableError } from '@pg/core';
import type { Conv2dLayer } from '../../network/conv2d.js';
import type { FlattenLayer } from '../../network/flatten.js';
import type { DenseLayer, Layer } from '../../network/layer.js';
import { layerOutputShape } from '../../network/layer-shape.js';
import type { ModelLayer } from '../../network/model-layer.js';
import type { Network } from '../../network/network.js';
import { isRecurrent } from '../../network/recurrent-layer.js';
import type { Kernels, Pointer } from './kernels.js';
import { inputWeights, type ParameterLayout } from './learning/parameter-block.js';
import type { Arena } from './memory/arena.js';
import { activationOperation } from './operations/activation-operation.js';
import { byteDenseOperation } from './operations/byte-dense-operation.js';
import { byteRows } from './operations/byte-rows.js';
import { conv2dOperation, convolutionPanel, paddedSize } from './operations/conv2d-operation.js';
import { denseOperation, type LayerMemory } from './operations/dense-operation.js';
import type { Operation } from './operations/operation.js';
import type { SequenceMemory } from './operations/recurrent-state.js';
import type { Signal } from './operations/signal.js';
import { sparseDenseOperation } from './operations/sparse-dense-operation.js';
import { reserveSparseInput, type SparseInput, sparseCapacity } from './operations/sparse-input.js';
import { planRecurrent } from './plan-recurrent.js';

/** Numbers that bytes are converted to at a time. */
const BYTE_NUMBERS = 65536;

/** What a plan is made with. */
export interface PlanContext {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly rows: number;
  /** Rows in a block of the backward pass; 0 when the network does not learn. */
  readonly blockRows: number;
  /** What the steps of recurrent layers share; other networks have none. */
  readonly sequence: SequenceMemory | undefined;
  readonly layout: ParameterLayout;
  readonly parameters: Pointer;
  /** 0 when the network does not learn. */
  readonly gradients: Pointer;
  /** Where the rows of sparse weights are marked; 0 when the network does not learn. */
  readonly marks: Pointer;
}

/** A network as operations in the order of the forward pass. */
export interface Plan {
  readonly input: Signal;
  /** The inputs' non-zeros, where layers read those. */
  readonly sparseInput: SparseInput | undefined;
  readonly heads: ReadonlyMap<string, Signal>;
  readonly operations: readonly Operation[];
}

/** Turns a network's layers into operations over signals. */
export function planNetwork(network: Network, context: PlanContext): Plan {
  const operations: Operation[] = [];
  const signal = inputSignal(network, context);
  const readsSparse = !network.input && sparseCapacity(signal.size) > 0 && inputWeights(network).length > 0;
  const sparseInput = readsSparse ? reserveSparseInput(context, signal) : undefined;
  const input: Place = { signal, shape: network.inputShape, sparse: sparseInput, ...(network.input && { scale: network.input.scale }) };
  const trunk = chain(network.trunk, 'trunk', input, false, context, operations);
  const heads = new Map<string, Signal>();
  for (const [name, layers] of Object.entries(network.heads)) heads.set(name, chain(layers, `heads.${name}`, trunk, true, context, operations).signal);
  markAccumulation(operations);
  return { input: signal, sparseInput, heads, operations };
}

/** A signal and the shape of its rows. */
interface Place {
  readonly signal: Signal;
  readonly shape: Shape;
  /** The non-zeros of the network's inputs, where these are they. */
  readonly sparse?: SparseInput | undefined;
  /** What to multiply inputs by that are bytes. */
  readonly scale?: number;
}

/** Where a network's inputs are written, as numbers or as bytes. */
export function inputSignal({ inputShape, input }: Network, { arena, rows }: Pick<PlanContext, 'arena' | 'rows'>): Signal {
  const size = shapeSize(inputShape);
  return { size, values: arena.reserve(input ? Math.ceil((rows * size) / 4) : rows * size), gradient: 0, gradientOfAllRows: false };
}

/** Where a layer reads and where it writes. */
interface Ends {
  readonly from: Place;
  readonly to: Place;
}

/** Appends the operations of a chain of layers that starts at a place; returns where it ends. */
function chain(layers: readonly Layer[], prefix: string, start: Place, isHead: boolean, context: PlanContext, operations: Operation[]): Place {
  const lastWeights = layers.findLastIndex((layer) => layer.kind !== 'activation' && layer.kind !== 'flatten');
  let place = start;
  for (const [index, layer] of layers.entries()) {
    const before = layers[index - 1];
    // the numbers stay where they are
    if (layer.kind === 'flatten') {
      place = { ...place, shape: layerOutputShape(layer, place.shape) };
      continue;
    }
    // a convolution computes the activation behind it
    if (layer.kind === 'activation' && before?.kind === 'conv2d') continue;
    const shape = layerOutputShape(layer, place.shape);
    // a signal that others read must stay as it is: in place works behind a layer of weights, unless the next step reads it
    const inPlace = layer.kind === 'activation' && (before?.kind === 'dense' || before?.kind === 'conv2d');
    const signal = inPlace ? place.signal : newSignal(context, shapeSize(shape), isHead && index >= lastWeights);
    const next: Place = { signal, shape };
    operations.push(layerOperation(layer, layers[index + 1], `${prefix}.${index}`, { from: place, to: next }, context));
    place = next;
  }
  return place;
}

/** The operation of a layer; `behind` is the layer that follows it. */
function layerOperation(layer: Exclude<Layer, FlattenLayer>, behind: Layer | undefined, prefix: string, { from, to }: Ends, context: PlanContext): Operation {
  const { kernels } = context;
  if (layer.kind === 'activation') return activationOperation(kernels, layer.activation, from.signal, to.signal);
  if (layer.kind === 'model') throw refuseModel(layer);
  if (isRecurrent(layer)) return planRecurrent(layer, prefix, from.signal, to.signal, context);
  const memory = layerMemory(layer, prefix, from, to, context);
  if (layer.kind === 'conv2d') return convolution(layer, behind, memory, { from, to }, context);
  if (from.scale !== undefined) {
    const bytes = byteRows(context, from.signal, from.scale, Math.max(4, Math.floor(BYTE_NUMBERS / from.signal.size / 4) * 4));
    return byteDenseOperation(kernels, memory, bytes, from.signal, to.signal);
  }
  if (from.sparse === undefined) return denseOperation(kernels, memory, from.signal, to.signal);
  const sparse = { ...memory, sparse: from.sparse, marks: marksOf(`${prefix}.weight`, context) };
  return sparseDenseOperation(kernels, sparse, from.signal, to.signal);
}

/** Where the rows of a weight are marked; 0 where they are not told apart. */
function marksOf(name: string, { layout, marks }: PlanContext): Pointer {
  const weight = layout.sparse.find((sparse) => sparse.name === name);
  return weight && marks ? marks + weight.firstRow : 0;
}

function convolution(layer: Conv2dLayer, behind: Layer | undefined, weights: LayerMemory, { from, to }: Ends, context: PlanContext): Operation {
  const { kernels, arena } = context;
  const image = paddedSize(from.shape, layer.padding);
  const memory = {
    ...weights,
    panel: arena.reserve(convolutionPanel(layer, from.shape[2]!)),
    spare: arena.reserve(layer.filters),
    padded: layer.padding > 0 ? arena.reserve(image) : 0,
    paddedGradient: layer.padding > 0 && weights.transposed ? arena.reserve(image) : 0,
    bytes: from.scale === undefined ? undefined : byteRows(context, from.signal, from.scale, 1),
  };
  const activation = behind?.kind === 'activation' ? behind.activation : undefined;
  return conv2dOperation(kernels, { layer, activation, memory, shapes: { input: from.shape, output: to.shape } }, from.signal, to.signal);
}

function refuseModel({ name }: ModelLayer): UnavailableError {
  return new UnavailableError({
    where: 'wasm engine',
    got: name,
    expected: 'layers of @pg/nn',
    remedy: "Give the engine of tfjs() from '@pg/nn/tfjs', which computes TensorFlow.js models.",
  });
}

function newSignal(context: PlanContext, size: number, gradientOfAllRows: boolean): Signal {
  const gradientRows = context.blockRows === 0 ? 0 : gradientOfAllRows ? context.rows : context.blockRows;
  return {
    size,
    values: context.arena.reserve(context.rows * size),
    gradient: gradientRows === 0 ? 0 : context.arena.reserve(gradientRows * size),
    gradientOfAllRows,
  };
}

function layerMemory(layer: DenseLayer | Conv2dLayer, prefix: string, from: Place, to: Place, context: PlanContext): LayerMemory {
  const { arena, layout, parameters, gradients } = context;
  const weight = layout.offsets.get(`${prefix}.weight`)!;
  const bias = layout.offsets.get(`${prefix}.bias`);
  const fanIn = layer.kind === 'dense' ? from.signal.size : layer.kernel * layer.kernel * from.shape[2]!;
  return {
    weight: parameters + weight,
    bias: bias === undefined ? 0 : parameters + bias,
    weightGradient: gradients + weight,
    biasGradient: gradients + (bias ?? 0),
    transposed: from.signal.gradient ? arena.reserve(fanIn * to.shape.at(-1)!) : 0,
  };
}

/** In the backward pass the first operation to reach a signal writes its gradient, later ones add to it. */
function markAccumulation(operations: readonly Operation[]): void {
  const written = new Set<Signal>();
  for (const operation of operations.toReversed()) {
    if (operation.input === operation.output) continue;
    operation.accumulate = written.has(operation.input);
    written.add(operation.input);
  }
}
