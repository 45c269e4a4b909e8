import type { Tensor } from './tensorflow.js';

/** What a backward pass knows of one layer. */
interface LayerPass {
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
  /** [count, …] to [count, …]. */
  forward(x: Tensor): Tensor;
  /** Puts the gradients of the layer's parameters, and returns that of `x` if it is wanted. */
  backward(pass: LayerPass, gradients: Gradients): Tensor | undefined;
}
