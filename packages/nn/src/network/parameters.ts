import { describeValue, InvalidOptionsError, InvalidShapeError, isFloat32Array, type Rng, requireArgument, type Shape, shapeSize } from '@pg/core';
import type { Initializer } from '../initializers/initializer.js';
import type { Layer } from './layer.js';
import { layerParameters } from './layer-parameters.js';
import { layerOutputShape } from './layer-shape.js';
import type { Network } from './network.js';
import { requireNetwork } from './require-network.js';

/** An array with a name and a shape, row-major. */
export interface NamedTensor {
  /** Unique within its network, for example `trunk.0.weight`. */
  readonly name: string;
  /** Sizes of the axes. */
  readonly shape: Shape;
  /** The numbers, flat. */
  readonly values: Float32Array;
}

/** A parameter that a network will have. */
export interface ParameterSpec {
  /** For example `heads.logits.0.bias`. */
  readonly name: string;
  /**
   * `[inputs, units]` of a dense weight, `[kernel, kernel, channels, filters]` of a convolution's, `[inputs, gates·units]` and
   * `[units, gates·units]` of a recurrent layer's, `[units]` of a bias or a vector.
   */
  readonly shape: Shape;
  /** Makes its starting values. */
  readonly init: Initializer;
}

/** The parameters of a network in the order of its layers: trunk, heads, vectors. */
export function parameterSpecs(network: Network): ParameterSpec[] {
  requireNetwork('parameterSpecs', network);
  const specs: ParameterSpec[] = [];
  const trunkShape = addLayers(specs, 'trunk', network.trunk, network.inputShape);
  for (const [head, layers] of Object.entries(network.heads)) addLayers(specs, `heads.${head}`, layers, trunkShape);
  for (const [name, { size, init }] of Object.entries(network.vectors ?? {})) specs.push({ name, shape: [size], init });
  return specs;
}

/** Appends the parameters of a chain of layers; returns the shape of its output. */
function addLayers(specs: ParameterSpec[], prefix: string, layers: readonly Layer[], inputShape: Shape): Shape {
  let shape = inputShape;
  for (const [index, layer] of layers.entries()) {
    const outputShape = layerOutputShape(layer, shape);
    for (const spec of layerParameters(layer, shape)) specs.push({ ...spec, name: `${prefix}.${index}.${spec.name}` });
    shape = outputShape;
  }
  return shape;
}

/**
 * The size of a head's output.
 *
 * @throws InvalidOptionsError when there is no such head
 */
export function headSize(network: Network, head: string): number {
  requireNetwork('headSize', network);
  const expected = `one of ${Object.keys(network.heads).join(', ')}`;
  requireArgument(typeof head === 'string' && Object.hasOwn(network.heads, head), 'headSize', { name: 'head', value: head, expected });
  const layers = [...network.trunk, ...network.heads[head]!];
  return shapeSize(layers.reduce<Shape>((shape, layer) => layerOutputShape(layer, shape), network.inputShape));
}

/**
 * Fresh starting values of every parameter, each from the random stream of its own name.
 *
 * @throws InvalidShapeError when an initialiser gives anything else than a Float32Array of as many numbers, as one that is asynchronous does
 * @throws InvalidOptionsError when one of these numbers is NaN or infinite
 */
export function initialParameters(network: Network, rng: Rng): NamedTensor[] {
  requireNetwork('initialParameters', network);
  requireArgument(typeof rng?.stream === 'function', 'initialParameters', { name: 'rng', value: rng, expected: 'an Rng' });
  return parameterSpecs(network).map(({ name, shape, init }) => {
    const fanOut = shape.at(-1)!;
    const fanIn = shapeSize(shape) / fanOut;
    const values = init([fanIn, fanOut], rng.stream(name));
    if (!isFloat32Array(values) || values.length !== fanIn * fanOut) throw noStartingValues(name, values, fanIn * fanOut);
    requireFinite(name, values);
    return { name, shape, values };
  });
}

function requireFinite(name: string, values: Float32Array): void {
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new InvalidOptionsError({
    where: 'initialParameters',
    got: `${wrong} among the starting values of ${name}`,
    expected: 'finite numbers',
    remedy: 'Change its initialiser: a smaller gain, or one of @pg/nn.',
  });
}

function noStartingValues(name: string, values: unknown, count: number): InvalidShapeError {
  return new InvalidShapeError({
    where: 'initialParameters',
    got: `${describeValue(values)} from the initialiser of ${name}`,
    expected: `a Float32Array of ${count} numbers, at once`,
    remedy: 'Use an initialiser of @pg/nn, or return fanIn·fanOut numbers.',
  });
}

/**
 * Copies values between two lists of tensors of the same names and shapes.
 *
 * @throws InvalidShapeError naming the first tensor that is missing, unknown or of another shape; nothing is copied then
 */
export function copyTensors(from: readonly NamedTensor[], to: readonly NamedTensor[]): void {
  requireTensors('from', from);
  requireTensors('to', to);
  const byName = new Map(from.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape } of to) {
    const source = byName.get(name);
    if (source?.shape.join() === shape.join() && source.values.length === shapeSize(shape)) continue;
    const got = source ? `${name} of shape [${source.shape.join(', ')}]` : `no ${name}`;
    throw new InvalidShapeError({ where: 'copyTensors', got, expected: `${name} of shape [${shape.join(', ')}]`, remedy: 'Use tensors of the same network.' });
  }
  if (from.length > to.length) {
    const known = new Set(to.map((tensor) => tensor.name));
    const extra = from.find((tensor) => !known.has(tensor.name))?.name;
    throw new InvalidShapeError({
      where: 'copyTensors',
      got: `the unknown ${extra}`,
      expected: [...known].join(', ') || 'no tensors',
      remedy: 'Use tensors of the same network.',
    });
  }
  for (const { name, values } of to) values.set(byName.get(name)!.values);
}

/** Hot: called once for every batch that is acted on. */
function requireTensors(name: string, tensors: readonly NamedTensor[]): void {
  if (Array.isArray(tensors) && (tensors.length === 0 || ArrayBuffer.isView(tensors[0]?.values))) return;
  requireArgument(false, 'copyTensors', { name, value: tensors, expected: 'a list of tensors { name, shape, values }' });
}
