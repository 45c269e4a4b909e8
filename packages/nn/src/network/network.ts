import type { Shape } from '@pg/core';
import type { Initializer } from '../initializers/initializer.js';
import type { Layer } from './layer.js';

/** A learned vector that depends on no input, such as the log standard deviations of a Gaussian policy. */
export interface FreeVector {
  /** Number of elements. */
  readonly size: number;
  /** Makes the starting values, for the shape [1, size]. */
  readonly init: Initializer;
}

/** Inputs that are stored as bytes, in a quarter of the memory: the layers read byte·scale. */
export interface ByteInput {
  readonly dtype: 'uint8';
  /** What bytes are multiplied by, for example 1/255; greater than 0. */
  readonly scale: number;
}

/**
 * A network as a value: layers from the input through a shared trunk to one or more named heads. It holds no numbers; an
 * engine compiles it.
 */
export interface Network {
  /** The shape of one input; layers see it flat. */
  readonly inputShape: Shape;
  /** How inputs are stored; as float32 numbers by default. */
  readonly input?: ByteInput;
  /** Layers that all heads share; may be empty. */
  readonly trunk: readonly Layer[];
  /** The layers of each output; at least one each. */
  readonly heads: Readonly<Record<string, readonly Layer[]>>;
  /** Learned vectors beside the layers, by name. */
  readonly vectors?: Readonly<Record<string, FreeVector>>;
}
