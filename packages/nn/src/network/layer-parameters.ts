import { type Shape, shapeSize } from '@pg/core';
import type { Initializer } from '../initializers/initializer.js';
import type { Layer } from './layer.js';
import type { ParameterSpec } from './parameters.js';
import { gateCounts, isRecurrent, type RecurrentLayer } from './recurrent-layer.js';

/** The parameters of a layer that reads inputs of a shape, named without the layer's place in the network. */
export function layerParameters(layer: Layer, input: Shape): ParameterSpec[] {
  if (layer.kind === 'activation' || layer.kind === 'flatten') return [];
  if (layer.kind === 'model') return [...layer.weights];
  if (isRecurrent(layer)) return recurrentParameters(layer, shapeSize(input));
  const units = layer.kind === 'dense' ? layer.units : layer.filters;
  const shape = layer.kind === 'dense' ? [shapeSize(input), units] : [layer.kernel, layer.kernel, input[2]!, units];
  const weight = { name: 'weight', shape, init: layer.weightInit };
  return layer.bias ? [weight, { name: 'bias', shape: [units], init: layer.biasInit }] : [weight];
}

function recurrentParameters({ kind, units, weightInit, recurrentInit, biasInit }: RecurrentLayer, inputs: number): ParameterSpec[] {
  const gates = gateCounts[kind];
  return [
    { name: 'inputWeight', shape: [inputs, gates * units], init: gateByGate(weightInit, gates) },
    { name: 'recurrentWeight', shape: [units, gates * units], init: gateByGate(recurrentInit, gates) },
    { name: 'inputBias', shape: [gates * units], init: biasInit },
    { name: 'recurrentBias', shape: [gates * units], init: biasInit },
  ];
}

/** Each gate's columns are a matrix of their own: orthogonal ones make each gate keep lengths. */
function gateByGate(init: Initializer, gates: number): Initializer {
  return ([fanIn, fanOut], rng) => {
    const units = fanOut / gates;
    const out = new Float32Array(fanIn * fanOut);
    for (let gate = 0; gate < gates; gate++) {
      const matrix = init([fanIn, units], rng);
      for (let i = 0; i < fanIn; i++) out.set(matrix.subarray(i * units, (i + 1) * units), i * fanOut + gate * units);
    }
    return out;
  };
}
