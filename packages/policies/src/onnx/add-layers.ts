import type { Shape } from '@pg/core';
import { type Conv2dLayer, type DenseLayer, type Layer, layerOutputShape, type NamedTensor } from '@pg/nn';
import { addRecurrent } from './add-recurrent.js';
import type { OnnxGraph } from './onnx-graph.js';

/** A value on its way through the layers. */
export interface Flow {
  /** Its name. */
  readonly value: string;
  /** The shape of one row as the layers see it; images are [height, width, channels]. */
  readonly shape: Shape;
  /** Whether an image lies as [channels, height, width] at the moment, which is what ONNX convolves. */
  readonly channelsFirst?: boolean;
}

/** Where layers take their numbers from. */
export interface LayerSource {
  readonly graph: OnnxGraph;
  /** By name, for example `trunk.0.weight`. */
  readonly parameters: ReadonlyMap<string, NamedTensor>;
}

const activations = { relu: 'Relu', tanh: 'Tanh', elu: 'Elu', sigmoid: 'Sigmoid' } as const;

/** Adds a chain of layers whose parameters have names that begin with `prefix`; returns its output. */
export function addLayers(source: LayerSource, layers: readonly Layer[], prefix: string, from: Flow): Flow {
  return layers.reduce<Flow>((flow, layer, index) => addLayer(source, layer, `${prefix}.${index}`, flow), from);
}

/** A value as one row of numbers, in the order of [height, width, channels]. */
export function flat(graph: OnnxGraph, { value, shape, channelsFirst }: Flow): string {
  const image = channelsFirst ? graph.add('Transpose', [value], { perm: [0, 2, 3, 1] }) : value;
  return shape.length === 1 ? image : graph.add('Flatten', [image], { axis: 1 });
}

function addLayer(source: LayerSource, layer: Layer, name: string, flow: Flow): Flow {
  const { graph, parameters } = source;
  const shape = layerOutputShape(layer, flow.shape);
  switch (layer.kind) {
    case 'activation':
      return { ...flow, value: graph.add(activations[layer.activation], [flow.value]) };
    case 'flatten':
      return { value: flat(graph, flow), shape };
    case 'dense':
      return { value: addDense(source, layer, name, flat(graph, flow)), shape };
    case 'conv2d':
      return { value: addConv2d(source, layer, name, flow), shape, channelsFirst: true };
    case 'lstm':
    case 'gru':
      return { value: addRecurrent(graph, layer, flat(graph, flow), { name, parameters }), shape };
    case 'model':
      throw new Error(`${layer.name} has no operators`); // exportOnnx refuses it before
  }
}

function addDense({ graph, parameters }: LayerSource, { bias }: DenseLayer, name: string, value: string): string {
  const numbers = [`${name}.weight`, ...(bias ? [`${name}.bias`] : [])].map((key) => parameters.get(key)!);
  return graph.add('Gemm', [value, ...numbers.map(({ name: key, shape, values }) => graph.constant(key, shape, values))]);
}

function addConv2d({ graph, parameters }: LayerSource, layer: Conv2dLayer, name: string, flow: Flow): string {
  const { kernel, stride, padding, bias } = layer;
  const image = flow.channelsFirst ? flow.value : graph.add('Transpose', [flow.value], { perm: [0, 3, 1, 2] });
  const weight = filtersFirst(parameters.get(`${name}.weight`)!);
  const inputs = [image, graph.constant(`${name}.weight`, weight.shape, weight.values)];
  if (bias) inputs.push(graph.constant(`${name}.bias`, [layer.filters], parameters.get(`${name}.bias`)!.values));
  return graph.add('Conv', inputs, {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  });
}

/** [height, width, channels, filters] as [filters, channels, height, width]. */
function filtersFirst({ shape, values }: NamedTensor): Pick<NamedTensor, 'shape' | 'values'> {
  const [height, width, channels, filters] = shape as [number, number, number, number];
  const turned = new Float32Array(values.length);
  const places = height * width;
  for (let place = 0; place < places; place++) {
    for (let channel = 0; channel < channels; channel++) {
      const from = (place * channels + channel) * filters;
      for (let filter = 0; filter < filters; filter++) turned[(filter * channels + channel) * places + place] = values[from + filter]!;
    }
  }
  return { shape: [filters, channels, height, width], values: turned };
}
