import type { Tensor } from '../tensorflow.js';

/** What one time step of a recurrent layer was computed from, and what came out. */
export interface CellStep {
  /** `[N, gates·units]`: x·W + b. */
  readonly a: Tensor;
  /** `[N, gates·units]`: h·U + d. */
  readonly u: Tensor;
  /** `[N, units]` each. */
  readonly before: readonly Tensor[];
  /** `[N, units]` each. */
  readonly after: readonly Tensor[];
}

/** The gradients of what a step was computed from. */
export interface CellGradients {
  readonly da: Tensor;
  readonly du: Tensor;
  /** Of the states before, but for the part that goes through `du`. */
  readonly dBefore: readonly Tensor[];
}

/** What tells one recurrent layer from another: its gates, for one time step of N rows. The first state is h, the output. */
export interface TensorCell {
  /** The states after a step. */
  forward(a: Tensor, u: Tensor, before: readonly Tensor[]): Tensor[];
  /** From the gradients of the states after a step. */
  backward(step: CellStep, dAfter: readonly Tensor[]): CellGradients;
}
