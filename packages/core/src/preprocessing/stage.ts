import type { Space } from '../spaces/space.js';

/** The moving part of a stage, one for each environment: what it remembers within an episode. */
export interface ObservationTransform {
  /**
   * Turns one observation into the next stage's. Hot: called once a step.
   *
   * @param input - a flat element of the incoming space; not to be kept or changed
   * @param output - where to write the flat element of the outgoing space, all of it
   * @param first - whether this is an episode's first observation
   */
  apply(input: Float32Array, output: Float32Array, first: boolean): void;
}

/** One step of preprocessing, as a value: it knows the space that comes out and makes a transform for each environment. */
export interface Stage<TOut extends Space = Space> {
  /** What the stage is called, for ids and error messages. */
  readonly name: string;
  /** The space of the observations that come out. */
  readonly space: TOut;
  /** Makes the transform of one environment. */
  create(): ObservationTransform;
}
