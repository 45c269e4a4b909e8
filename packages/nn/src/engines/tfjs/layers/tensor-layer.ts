import type { RecurrentState } from '../../wasm/operations/recurrent-state.js';
import type { Tensor } from '../tensorflow.js';

/** Which rows a forward pass is of; only recurrent layers ask. */
export interface PassRows {
  /** The first one. */
  readonly first: number;
  /** Where the rows before the first step lie, negative for the initial state; undefined when a pass is computed again. */
  readonly previous: number | undefined;
}

/** What a backward pass knows of one layer. */
export interface LayerPass {
  /** The first row. */
  readonly first: number;
  /** [count, …], what came in. */
  readonly x: Tensor;
  /** [count, …], what went out. */
  readonly y: Tensor;
  /** The gradient of `y`. */
  readonly dy: Tensor;
  /** Whether anything in front of the layer has a use for the gradient of `x`. */
  readonly wantsInput: boolean;
}

/** Gradients of parameters by name. */
export type Gradients = Map<string, Tensor>;

/** A layer as TensorFlow.js operations. */
export interface TensorLayer {
  /** What a recurrent layer carries from step to step. */
  readonly states?: readonly RecurrentState[];
  /** [count, …] to [count, …]. */
  forward(x: Tensor, rows: PassRows): Tensor;
  /** Called once before the blocks of a backward pass, of which the last comes first. */
  beginBackward?(): void;
  /** Puts the gradients of the layer's parameters, and returns that of `x` if it is wanted. */
  backward(pass: LayerPass, gradients: Gradients): Tensor | undefined;
}
