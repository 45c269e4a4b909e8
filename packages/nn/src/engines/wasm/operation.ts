import type { Signal } from './signal.js';

/** One step of a compiled network, from a signal to a signal (the same one when it works in place). */
export interface Operation {
  /** Where it reads. */
  readonly input: Signal;
  /** Where it writes. */
  readonly output: Signal;
  /** Whether its input's gradient adds to what an operation behind it in the list wrote; set when the plan is complete. */
  accumulate: boolean;
  /** Values of `count` rows from row `first` on. */
  forward(first: number, count: number): void;
  /** What the parameters alone decide, once before the blocks of a backward pass. */
  prepareBackward(): void;
  /** Adds to the parameters' gradients and writes the input's gradient, for one block of rows. */
  backward(first: number, count: number): void;
}
