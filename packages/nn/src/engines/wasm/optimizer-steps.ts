import type { Optimizer } from '../../optimizers/optimizer.js';
import type { Arena } from './arena.js';
import type { Kernels, Pointer } from './kernels.js';
import { momentsOf, moveParameters, type OptimizerMove, type OptimizerSet } from './optimizer-kernels.js';

/** An optimiser over parameters that other networks may move as well. */
export interface OptimizerSteps {
  /** What it remembers: blocks laid out like the parameters. */
  readonly moments: readonly { readonly name: string; readonly block: Pointer }[];
  /** How many steps were made, by all networks that share it. */
  count(): number;
  setCount(steps: number): void;
  /** One more step along the gradients. */
  step(learningRate: number): void;
  /** Brings a network's own parameters up to date. */
  pull(own: Pointer): void;
}

/** What an optimiser works with. */
export interface OptimizerParts {
  readonly arena: Arena;
  readonly kernels: Kernels;
  /** What it moves. */
  readonly set: OptimizerSet;
  /** A second set, for steps that count wholly or not at all. */
  readonly spare: OptimizerSet | undefined;
  readonly gradients: Pointer;
  /** Numbers in a block of parameters. */
  readonly size: number;
}

/** An optimiser over memory that has been reserved and sealed. */
export function createOptimizerSteps(optimizer: Optimizer, parts: OptimizerParts): OptimizerSteps {
  return parts.spare ? atomicSteps(optimizer, parts, parts.spare) : stepsInPlace(optimizer, parts);
}

function stepsInPlace(optimizer: Optimizer, { arena, kernels, set, gradients, size }: OptimizerParts): OptimizerSteps {
  const move = moveParameters(optimizer, kernels, { gradients, size });
  const steps = arena.counter(set.state);
  const whole = { from: 0, count: size };
  return {
    moments: momentsOf(optimizer, set.state, size),
    count: () => Number(Atomics.load(steps, 0)),
    setCount: (count) => void Atomics.store(steps, 0, BigInt(count)),
    // threads that take no turns lose no step of the count
    step: (learningRate) => move(set, whole, { step: Number(Atomics.add(steps, 0, 1n)) + 1, learningRate }),
    pull(own) {
      if (own !== set.parameters) kernels.copy(set.parameters, own, size);
    },
  };
}

/** So many numbers of each block are copied and then moved while they are in the cache. */
const PART = 2048;

/** Behind the count of the first set's steps: 0 or 1, the set that is current. */
const CURRENT = 8;

function atomicSteps(optimizer: Optimizer, { arena, kernels, set, gradients, size }: OptimizerParts, spare: OptimizerSet): OptimizerSteps {
  const sets = [set, spare] as const;
  const counts = sets.map(({ state }) => arena.counter(state));
  const word = arena.integers(set.state + CURRENT, 1);
  const blocks = sets.map(({ parameters, state }) => [parameters, ...momentsOf(optimizer, state, size).map(({ block }) => block)]);
  const move = moveParameters(optimizer, kernels, { gradients, size });
  const part = { from: 0, count: 0 };
  const current = () => Atomics.load(word, 0);

  /** Hot: no allocation. Writes the set that is not current, then makes it so. */
  function write(count: number, how: OptimizerMove | undefined): void {
    const [from, to] = current() === 0 ? [0, 1] : [1, 0];
    for (part.from = 0; part.from < size; part.from += PART) {
      part.count = Math.min(PART, size - part.from);
      for (let i = 0; i < blocks[from]!.length; i++) kernels.copy(blocks[from]![i]! + part.from * 4, blocks[to]![i]! + part.from * 4, part.count);
      if (how) move(sets[to]!, part, how);
    }
    Atomics.store(counts[to]!, 0, BigInt(count));
    Atomics.store(word, 0, to);
  }

  const count = () => Number(Atomics.load(counts[current()]!, 0));
  return {
    moments: momentsOf(optimizer, set.state, size),
    count,
    setCount: (steps) => void Atomics.store(counts[current()]!, 0, BigInt(steps)),
    step(learningRate) {
      const step = count() + 1;
      write(step, { step, learningRate });
    },
    pull(own) {
      if (own !== set.parameters) kernels.copy(sets[current()]!.parameters, own, size);
      else if (current() !== 0) write(count(), undefined);
    },
  };
}
