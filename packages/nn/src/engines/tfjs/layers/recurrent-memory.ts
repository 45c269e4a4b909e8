import type { RecurrentState } from '../../wasm/operations/recurrent-state.js';
import type { PlanContext } from '../../wasm/plan.js';
import type { Tensor, TensorFlow } from '../tensorflow.js';

/** The states of a recurrent layer in the arena, which go to the device and come back from it row by row. */
export class RecurrentMemory {
  readonly states: readonly RecurrentState[];
  /** N. */
  readonly numEnvs: number;
  readonly #tf: TensorFlow;
  readonly #context: PlanContext;
  #views: Views | undefined;

  /** @param names - of the states, for example `trunk.2.h` */
  constructor(tf: TensorFlow, names: readonly string[], size: number, context: PlanContext) {
    const { arena, rows, gradients, sequence } = context;
    this.#tf = tf;
    this.#context = context;
    this.numEnvs = sequence!.numEnvs;
    const stateNumbers = this.numEnvs * size;
    this.states = names.map((name) => ({
      name,
      size,
      initial: arena.reserve(stateNumbers),
      after: arena.reserve(rows * size),
      before: arena.reserve(rows * size),
      gradient: gradients === 0 ? 0 : arena.reserve(stateNumbers),
    }));
  }

  /** `[N, size]` each: the states after the rows at `previous`; the initial ones when that is negative. */
  statesAfter(previous: number): Tensor[] {
    const { initial, after } = this.#memory;
    return previous < 0 ? this.#tensors(initial, 0, this.numEnvs) : this.#tensors(after, previous, this.numEnvs);
  }

  /** `[count, size]` each: what a forward pass has kept. */
  kept(which: 'before' | 'after', first: number, count: number): Tensor[] {
    return this.#tensors(this.#memory[which], first, count);
  }

  /** Keeps the states of rows: one tensor `[N, size]` for each step and state. */
  keep(which: 'before' | 'after', first: number, steps: readonly (readonly Tensor[])[]): void {
    for (const [i, { size }] of this.states.entries()) {
      const rows = this.#tf.concat(steps.map((states) => states[i]!));
      this.#memory[which][i]!.set(rows.dataSync(), first * size);
    }
  }

  /** `[N, size]` each: the gradients of the states before the steps that are done. */
  get gradients(): Tensor[] {
    return this.#tensors(this.#memory.gradient, 0, this.numEnvs);
  }

  set gradients(tensors: readonly Tensor[]) {
    for (const [i, tensor] of tensors.entries()) this.#memory.gradient[i]!.set(tensor.dataSync());
  }

  /** At the end of the rows no gradient comes from later steps. */
  clearGradients(): void {
    for (const values of this.#memory.gradient) values.fill(0);
  }

  /** Zeroes `[N, size]` each where a row's step begins an episode, whatever is there: NaN as well. */
  zeroAtStarts(tensors: readonly Tensor[], row: number): Tensor[] {
    const starts = this.#memory.episodeStarts.subarray(row, row + this.numEnvs);
    if (!starts.includes(1)) return [...tensors];
    const begins = this.#tf.tensor2d(starts, [this.numEnvs, 1], 'bool');
    return tensors.map((tensor) => this.#tf.where(begins, this.#tf.zerosLike(tensor), tensor));
  }

  #tensors(arrays: readonly Float32Array[], first: number, count: number): Tensor[] {
    return arrays.map((values, i) => {
      const { size } = this.states[i]!;
      // some backends keep the array that they are given
      return this.#tf.tensor2d(values.slice(first * size, (first + count) * size), [count, size]);
    });
  }

  /** Made late: the arena is not sealed yet when this is made. */
  get #memory(): Views {
    this.#views ??= viewMemory(this.states, this.#context);
    return this.#views;
  }
}

/** The arrays of the states, one each. */
interface Views {
  readonly episodeStarts: Uint8Array;
  readonly initial: readonly Float32Array[];
  readonly before: readonly Float32Array[];
  readonly after: readonly Float32Array[];
  readonly gradient: readonly Float32Array[];
}

function viewMemory(states: readonly RecurrentState[], { arena, rows, sequence }: PlanContext): Views {
  const { numEnvs, episodeStarts } = sequence!;
  const view = (which: 'initial' | 'before' | 'after' | 'gradient', count: number) =>
    states.map((state) => arena.floats(state[which], state[which] === 0 ? 0 : count * state.size));
  return {
    episodeStarts: arena.bytes(episodeStarts, rows),
    initial: view('initial', numEnvs),
    before: view('before', rows),
    after: view('after', rows),
    gradient: view('gradient', numEnvs),
  };
}
