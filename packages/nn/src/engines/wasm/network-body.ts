import type { Network } from '../../network/network.js';
import type { RecurrentState } from './operations/recurrent-state.js';
import type { Signal } from './operations/signal.js';
import type { SparseInput } from './operations/sparse-input.js';
import { type PlanContext, planNetwork } from './plan.js';

/** What computes a network's outputs from its inputs, and its layers' gradients from those of the outputs, over an arena. */
export interface NetworkBody {
  /** Whether it marks the rows of sparse weights whose gradients it writes to. */
  readonly marksRows: boolean;
  /** Where it reads its inputs. */
  readonly input: Signal;
  /** The inputs' non-zeros, where it reads those and callers may write them. */
  readonly sparseInput?: SparseInput | undefined;
  /** Where it writes each head's outputs and reads their gradients, of all rows. */
  readonly heads: ReadonlyMap<string, Signal>;
  /** The states of recurrent layers. */
  readonly states: readonly RecurrentState[];
  /** Outputs of `count` rows from row `first` on; recurrent layers go on from the state after the rows at `previous`. */
  forward(first: number, count: number, previous: number): void;
  /** Adds to the gradients of the layers' parameters, which are zero, the sums over the first `count` rows. */
  backward(count: number): void;
  /** Gives back what it holds outside the arena. */
  dispose(): void;
}

/** Reserves a body's memory; the arena has no views before it is sealed. */
export type MakeNetworkBody = (network: Network, context: PlanContext) => NetworkBody;

/** A body of kernel calls. The backward pass takes `blockRows` rows at a time: their gradients stay in the cache. */
export function kernelBody(network: Network, context: PlanContext): NetworkBody {
  const { input, sparseInput, heads, operations } = planNetwork(network, context);
  const backwardOrder = operations.toReversed();
  const states = operations.flatMap((operation) => operation.states ?? []);
  const blockRows = Math.max(1, context.blockRows);
  return {
    marksRows: true,
    input,
    sparseInput,
    heads,
    states,
    forward(first, count, previous) {
      sparseInput?.gather(first, count);
      for (const operation of operations) operation.forward(first, count, previous);
    },
    backward(count) {
      for (const operation of backwardOrder) operation.prepareBackward();
      const blocks = Math.ceil(count / blockRows);
      for (let i = 0; i < blocks; i++) {
        // a state's gradient comes from later steps
        const first = (states.length === 0 ? i : blocks - 1 - i) * blockRows;
        const rows = Math.min(blockRows, count - first);
        for (const operation of backwardOrder) operation.backward(first, rows);
      }
    },
    dispose() {},
  };
}
