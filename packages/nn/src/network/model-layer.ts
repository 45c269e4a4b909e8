import type { Shape } from '@pg/core';
import type { ParameterSpec } from './parameters.js';

/**
 * A user's model of another library as one layer; `layersModel` of `@pg/nn/tfjs` makes one. Its weights are parameters like any
 * others, `weights.0`, `weights.1` and so on, in the order in which the model lists them.
 */
export interface ModelLayer {
  readonly kind: 'model';
  /** What it is called, for messages. */
  readonly name: string;
  /** The shape of one input. */
  readonly inputShape: Shape;
  /** The shape of what it makes of one. */
  readonly outputShape: Shape;
  /** Its weights; they start at the values that they had when the layer was made. */
  readonly weights: readonly ParameterSpec[];
  /** The model, which only an engine of its library understands. */
  readonly model: object;
}
