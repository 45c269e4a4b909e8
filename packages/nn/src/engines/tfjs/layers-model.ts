import { type Box, type Dtype, describeValue, InvalidOptionsError, type Shape } from '@pg/core';
// The types of the main entry: one declaration of them is published, and this one refers to it.
import type { ModelLayer } from '@pg/nn';

/** As much of a `tf.Tensor` as is used. */
export interface TfTensor {
  /** Its numbers. */
  dataSync(): ArrayLike<number>;
}

/** A weight of a {@link TfLayersModel}: as much of a `LayerVariable` as is used. */
export interface TfModelWeight {
  /** Sizes of its axes. */
  readonly shape: readonly (number | null)[];
  /** The type of its numbers; it has to be `float32`. */
  readonly dtype: string;
  /** Its tensor. */
  read(): TfTensor;
  /** Takes a tensor's numbers over. */
  write(value: never): unknown;
}

/** As much of a `tf.LayersModel` as is used; any will do. */
export interface TfLayersModel {
  /** What it is called. */
  readonly name: string;
  /** Whether it keeps a state between batches. */
  readonly stateful: boolean;
  /** Shapes of its inputs, the batch first. */
  readonly inputs: readonly { readonly shape: readonly (number | null)[] }[];
  /** Shapes of its outputs, the batch first. */
  readonly outputs: readonly { readonly shape: readonly (number | null)[] }[];
  /** All weights. */
  readonly weights: readonly TfModelWeight[];
  /** Those that are not frozen. */
  readonly trainableWeights: readonly TfModelWeight[];
  /** Computes its output. */
  apply(inputs: never, options?: never): unknown;
}

/** A user's model as the hidden part of a policy's network. */
export interface LayersModelNetwork {
  /** What it is called, for messages. */
  readonly name: string;
  /** How many axes its observations have. */
  readonly inputRank: number;
  /** The model as a layer; behind it a policy puts its outputs. */
  readonly layers: readonly [ModelLayer];
  /** Carries the type of the observations that it reads; never there at run time. */
  readonly '~in'?: (space: Box<Shape, Dtype>) => void;
}

/**
 * A `tf.LayersModel`, such as `tf.sequential` makes, as the hidden part of a policy's network: behind it the policy puts its own
 * outputs. Only the engine of `tfjs()` computes it, forwards and, by TensorFlow.js' automatic differentiation, backwards.
 *
 * The weights start at what they are now, whatever the seed, and become parameters of the network: it is those that are
 * trained, clipped and saved. The model's own weights are written over in every pass: read what was learned from the policy's parameters.
 * Frozen weights (`trainable: false`) stay as they are. The model is applied as in `predict`: dropout does nothing, batch
 * normalisation uses its moving averages; its optimiser, losses and regularisers are not used.
 *
 * A policy's file has the weights and their shapes but not the model, which is your program's: load it with
 * `loadPolicy(file, { engine, network: layersModel(model) })`, where `model` is built the same way.
 *
 * @param model - with one input and one output of sizes that are known but for the batch, and no state between batches
 * @throws InvalidOptionsError when it is another kind of model
 * @example
 * ```ts
 * // tf is the package '@tensorflow/tfjs'
 * const engine = await tfjs();
 * const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 32, activation: 'relu' })] });
 * const learner = reinforce().env(cartPole()).policy(categorical({ network: layersModel(model) })).build({ seed: 1, engine });
 * ```
 */
export function layersModel(model: TfLayersModel): LayersModelNetwork {
  if (!isModel(model)) throw refuse(describeValue(model), 'a tf.LayersModel', 'Build one with tf.sequential or tf.model.');
  if (model.inputs.length !== 1 || model.outputs.length !== 1) {
    throw refuse(`${model.inputs.length} inputs and ${model.outputs.length} outputs`, 'one of each', 'Join them inside of the model.');
  }
  if (model.stateful) throw refuse('a stateful model', 'one that forgets between batches', 'Use lstm or gru of @pg/nn, which know of episodes.');
  const strange = model.weights.find(({ dtype }) => dtype !== 'float32');
  if (strange !== undefined) throw refuse(`weights of ${strange.dtype}`, 'float32', 'Cast inside of the model.');
  const inputShape = sizes('inputs', model.inputs[0]!.shape.slice(1));
  const layer: ModelLayer = {
    kind: 'model',
    name: `layersModel(${model.name})`,
    inputShape,
    outputShape: sizes('outputs', model.outputs[0]!.shape.slice(1)),
    weights: model.weights.map((weight, i) => {
      const start = Float32Array.from(weight.read().dataSync());
      return { name: `weights.${i}`, shape: sizes('weights', weight.shape), init: () => start.slice() };
    }),
    model,
  };
  return { name: layer.name, inputRank: inputShape.length, layers: [layer] };
}

function isModel(value: unknown): value is TfLayersModel {
  const { inputs, outputs, weights, trainableWeights, apply } = (value ?? {}) as Partial<TfLayersModel>;
  return [inputs, outputs, weights, trainableWeights].every(Array.isArray) && typeof apply === 'function';
}

function sizes(what: string, shape: readonly (number | null)[]): number[] {
  if (shape.every((size) => size !== null)) return [...shape];
  const shown = shape.map((size) => size ?? 'any').join(', ');
  throw refuse(`${what} of shape [${shown}]`, 'sizes that are known', 'Give the layers an inputShape without null.');
}

function refuse(got: string, expected: string, remedy: string): InvalidOptionsError {
  return new InvalidOptionsError({ where: 'layersModel', got, expected, remedy });
}
