import type { DtypeArray, Space } from '../spaces/space.js';

/** The moving part of a stage, one for each environment: what it remembers within an episode. */
export interface ObservationTransform {
  /**
   * Turns one observation into the next stage's. Hot: called once a step.
   *
   * @param input - a flat element of the incoming space, of its type; not to be kept or changed
   * @param output - where to write the flat element of the outgoing space, of its type, all of it
   * @param first - whether this is an episode's first observation
   */
  apply(input: DtypeArray, output: DtypeArray, first: boolean): void;
  /** What it remembers, as plain data that `restore` takes back; a transform without memory leaves both out. */
  snapshot?(): unknown;
  /** Remembers again what `snapshot` gave. */
  restore?(snapshot: unknown): void;
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
