import type { RecurrentState } from './recurrent-state.js';
import type { Signal } from './signal.js';

/** One step of a compiled network, from a signal to a signal (the same one when it works in place). */
export interface Operation {
  /** Where it reads. */
  readonly input: Signal;
  /** Where it writes. */
  readonly output: Signal;
  /** What goes from one time step to the next; most have none. */
  readonly states?: readonly RecurrentState[];
  /** Whether its input's gradient adds to what an operation behind it in the list wrote; set when the plan is complete. */
  accumulate: boolean;
  /**
   * Values of `count` rows from row `first` on. The state before them is that after the rows at `previous`; a negative number
   * means the initial state.
   */
  forward(first: number, count: number, previous: number): void;
  /** What the parameters alone decide, once before the blocks of a backward pass. */
  prepareBackward(): void;
  /** Adds to the parameters' gradients and writes the input's gradient, for one block of rows. */
  backward(first: number, count: number): void;
}
