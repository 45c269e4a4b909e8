import type { ObservationScaling } from '@pg/core';
import type { DescribedPolicy } from '../files/policy-document.js';
import type { Flow } from './add-layers.js';
import { elementTypes, type OnnxGraph } from './onnx-graph.js';

/** Adds the input `obs`, and all that a policy does with observations before its layers see them. */
export function addObservations(graph: OnnxGraph, { observationSpace, model, observationScaling }: DescribedPolicy): Flow {
  const { inputShape: shape, input } = model.network;
  const type = observationSpace.kind === 'box' ? observationSpace.dtype : 'float32';
  let value = graph.input({ name: 'obs', type, shape, description: 'observations, one in each row' });
  if (type === 'uint8') value = graph.add('Cast', [value], { to: elementTypes.float32 });
  else if (input) value = addRounding(graph, value);
  if (input) value = graph.add('Mul', [value, graph.constant('obs.scale', [], [input.scale])]);
  if (observationScaling) value = addScaling(graph, value, observationScaling, shape);
  return { value, shape };
}

/** Numbers that a policy keeps as bytes: brought within 0 and 255, and rounded, halves to even. */
function addRounding(graph: OnnxGraph, value: string): string {
  const within = graph.add('Clip', [value, graph.constant('obs.least', [], [0]), graph.constant('obs.most', [], [255])]);
  return graph.add('Round', [within]);
}

/**
 * clip((obs − mean)/deviation, ±clip). A mean has more digits than a float32, and an observation that is near to it may have only those
 * digits left: it is subtracted in two parts.
 */
function addScaling(graph: OnnxGraph, value: string, { mean, deviation, clip }: ObservationScaling, shape: readonly number[]): string {
  const coarse = Float32Array.from(mean);
  const rest = mean.map((each, i) => each - coarse[i]!);
  const near = graph.add('Sub', [value, graph.constant('obs.mean', shape, coarse)]);
  const difference = graph.add('Sub', [near, graph.constant('obs.mean.rest', shape, rest)]);
  const scaled = graph.add('Div', [difference, graph.constant('obs.deviation', shape, deviation)]);
  if (!Number.isFinite(clip)) return scaled;
  return graph.add('Clip', [scaled, graph.constant('obs.clip.low', [], [-clip]), graph.constant('obs.clip.high', [], [clip])]);
}
