import type { NamedTensor } from '../../../network/parameters.js';
import type { SequenceSpec } from '../../engine.js';
import type { Kernels, Pointer } from '../kernels.js';
import type { Arena } from '../memory/arena.js';

/** What steps of N environments share. */
export interface SequenceMemory {
  /** N. */
  readonly numEnvs: number;
  /** [rows] of bytes: 1 where the state is zeroed before the row's step. */
  readonly episodeStarts: Pointer;
}

/** Takes memory for steps of N environments. */
export function reserveSequence(arena: Arena, rows: number, { numEnvs }: SequenceSpec): SequenceMemory {
  return { numEnvs, episodeStarts: arena.reserve(Math.ceil(rows / 4)) };
}

/** One part of a recurrent layer's state (h or c). */
export interface RecurrentState {
  /** For example `trunk.2.h`. */
  readonly name: string;
  /** Numbers a row. */
  readonly size: number;
  /** [N, size]: the state before row 0. */
  readonly initial: Pointer;
  /** [rows, size]: the state after each row's step. */
  readonly after: Pointer;
  /** [rows, size]: the state before each row's step, zeros where an episode starts. */
  readonly before: Pointer;
  /** [N, size]: in the backward pass ∂L/∂ of the state before the steps that are done; 0 when the network does not learn. */
  readonly gradient: Pointer;
}

/** Sets the state before the step of the rows [row, row + N) from that after the rows at `previous`, or from the initial one. */
export function enterStep(kernels: Kernels, { numEnvs, episodeStarts }: SequenceMemory, state: RecurrentState, row: number, previous: number): void {
  const bytes = state.size * 4;
  const from = previous < 0 ? state.initial : state.after + previous * bytes;
  kernels.copyUnlessStarted(from, state.before + row * bytes, episodeStarts + row, numEnvs, state.size);
}

/** Cuts the gradient of the state before the rows [row, row + N) where an episode starts. */
export function leaveStep(kernels: Kernels, { numEnvs, episodeStarts }: SequenceMemory, state: RecurrentState, row: number): void {
  kernels.copyUnlessStarted(state.gradient, state.gradient, episodeStarts + row, numEnvs, state.size);
}

/** Views of the states' initial values, or of the gradients of these. */
export function viewStates(arena: Arena, states: readonly RecurrentState[], numEnvs: number, of: 'initial' | 'gradient'): NamedTensor[] {
  return states.map((state) => ({ name: state.name, shape: [numEnvs, state.size], values: arena.floats(state[of], numEnvs * state.size) }));
}
