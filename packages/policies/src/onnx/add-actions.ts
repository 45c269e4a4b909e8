import { elementSize, type Space } from '@pg/core';
import { type DiagonalGaussianSpec, defaultLogStdRange, type NamedTensor } from '@pg/nn';
import type { DescribedPolicy } from '../files/policy-document.js';
import type { LayerSource } from './add-layers.js';
import { elementTypes, type OnnxGraph } from './onnx-graph.js';

/** Adds the layers of a head; gives its outputs [batch, size]. */
type AddHead = (name: string) => string;

/** Adds the outputs that say how to act: the parameters of the distribution, and `action`, the most probable one. */
export function addActions(source: LayerSource, { model: { distribution }, actionSpace }: DescribedPolicy, addHead: AddHead): void {
  if (distribution.kind === 'categorical') addCategorical(source.graph, addHead(distribution.head), actionSpace);
  else if (distribution.kind === 'bernoulli') addBernoulli(source.graph, addHead(distribution.head));
  else addGaussian(source, distribution, actionSpace, addHead);
}

function addCategorical(graph: OnnxGraph, logits: string, space: Space): void {
  const shape = [space.kind === 'discrete' ? space.size : 0];
  graph.output({ name: 'logits', type: 'float32', shape, description: 'unnormalised log-probabilities of the actions' }, logits);
  addProbabilities(graph, shape, graph.add('Softmax', [logits], { axis: 1 }));
  addChoice(graph, graph.add('ArgMax', [logits], { axis: 1, keepdims: 0 }));
}

/** One logit says it all; the probabilities are those of both choices, as of a softmax. */
function addBernoulli(graph: OnnxGraph, logits: string): void {
  const logit = graph.add('Squeeze', [logits, graph.indices([1])]);
  graph.output({ name: 'logit', type: 'float32', shape: [], description: 'log-odds of action 1' }, logit);
  const both = graph.add('Concat', [graph.add('Neg', [logits]), logits], { axis: 1 });
  addProbabilities(graph, [2], graph.add('Sigmoid', [both]));
  addChoice(graph, graph.add('GreaterOrEqual', [logit, graph.constant('even', [], [0])]));
}

function addProbabilities(graph: OnnxGraph, shape: readonly number[], probabilities: string): void {
  graph.output({ name: 'probabilities', type: 'float32', shape, description: 'probabilities of the actions' }, probabilities);
}

function addChoice(graph: OnnxGraph, choice: string): void {
  const action = graph.add('Cast', [choice], { to: elementTypes.int32 });
  graph.output({ name: 'action', type: 'int32', shape: [], description: 'the most probable action' }, action);
}

function addGaussian({ graph, parameters }: LayerSource, spec: DiagonalGaussianSpec, space: Space, addHead: AddHead): void {
  const { logStdRange: range, squash } = spec;
  const port = { type: 'float32', shape: [elementSize(space)] } as const;
  const of = squash ? 'latent actions, before they are squashed' : 'actions';
  const mean = addHead(spec.head);
  graph.output({ ...port, name: 'mean', description: `means of the ${of}` }, mean);
  const logStd = spec.logStdHead === undefined ? addRepeated(graph, clampedByDefault(parameters.get(spec.logStd)!), mean) : addHead(spec.logStdHead);
  const clamped = range ? graph.add('Clip', [logStd, graph.constant('logStd.low', [], [range.low]), graph.constant('logStd.high', [], [range.high])]) : logStd;
  graph.output({ ...port, name: 'logStd', description: `log standard deviations of the ${of}` }, clamped);
  addBoxAction(graph, squash ? addSquashing(graph, mean, squash) : mean, space);
}

/** A vector [size] for each row of others [batch, size]. */
function addRepeated(graph: OnnxGraph, { name, shape, values }: NamedTensor, rows: string): string {
  return graph.add('Expand', [graph.constant(`vectors.${name}`, shape, values), graph.add('Shape', [rows])]);
}

/** A log σ as networks read it that are told no range. */
function clampedByDefault(tensor: NamedTensor): NamedTensor {
  const { low, high } = defaultLogStdRange;
  return { ...tensor, values: tensor.values.map((value) => Math.min(high, Math.max(low, value))) };
}

/** low + ½(tanh u + 1)·(high − low). */
function addSquashing(graph: OnnxGraph, latent: string, { low, high }: NonNullable<DiagonalGaussianSpec['squash']>): string {
  const half = low.map((from, i) => (high[i]! - from) / 2);
  const share = graph.add('Add', [graph.add('Tanh', [latent]), graph.constant('squash.one', [], [1])]);
  const above = graph.add('Mul', [share, graph.constant('squash.half', [half.length], half)]);
  return graph.add('Add', [above, graph.constant('squash.low', [low.length], low)]);
}

/** Actions of [batch, size] clipped to the space's bounds and in its shape. */
function addBoxAction(graph: OnnxGraph, action: string, space: Space): void {
  if (space.kind !== 'box') return;
  const { low, high, shape } = space;
  const above = graph.add('Max', [action, graph.constant('action.low', [low.length], low)]);
  const within = graph.add('Min', [above, graph.constant('action.high', [high.length], high)]);
  const shaped = shape.length === 1 ? within : graph.add('Reshape', [within, graph.indices([-1, ...shape])]);
  graph.output({ name: 'action', type: 'float32', shape, description: 'the most probable action, within the bounds of the action space' }, shaped);
}
