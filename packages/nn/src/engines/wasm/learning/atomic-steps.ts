import type { Optimizer } from '../../../optimizers/optimizer.js';
import type { Kernels, Pointer } from '../kernels.js';
import { COUNT_NUMBERS, integerPower, momentNames } from './optimizer-kernels.js';
import type { OptimizerParts, OptimizerSet, OptimizerSteps } from './optimizer-steps.js';

/** So many numbers of each block are copied and then moved while they are in the cache. */
const PART = 2048;

/** Behind the count of the first set's steps: 0 or 1, the set that is current. */
const CURRENT = 8;

/** How a step goes. */
interface Move {
  /** Its number, from 1. */
  readonly step: number;
  readonly learningRate: number;
}

/** Steps that count wholly or not at all: each writes the set that is not current, every number of it, and then makes it so. */
export function atomicSteps(optimizer: Optimizer, { arena, kernels, set, gradients, layout }: OptimizerParts, spare: OptimizerSet): OptimizerSteps {
  const { size } = layout;
  const sets = [set, spare] as const;
  const counts = sets.map(({ state }) => arena.counter(state));
  const word = arena.integers(set.state + CURRENT, 1);
  const momentsOf = (state: Pointer) => momentNames(optimizer).map((name, i) => ({ name, block: state + (COUNT_NUMBERS + i * size) * 4 }));
  const blocks = sets.map(({ parameters, state }) => [parameters, ...momentsOf(state).map(({ block }) => block)]);
  const move = movePart(optimizer, kernels);
  const current = () => Atomics.load(word, 0);

  /** Hot: no allocation. Writes the set that is not current, moved if there is a step to make, and makes it the current one. */
  function write(count: number, how: Move | undefined): void {
    const [from, to] = current() === 0 ? [0, 1] : [1, 0];
    for (let first = 0; first < size; first += PART) {
      const numbers = Math.min(PART, size - first);
      const at = first * 4;
      for (let i = 0; i < blocks[from]!.length; i++) kernels.copy(blocks[from]![i]! + at, blocks[to]![i]! + at, numbers);
      if (how) move(blocks[to]!, { at, numbers, gradients: gradients + at }, how);
    }
    Atomics.store(counts[to]!, 0, BigInt(count));
    Atomics.store(word, 0, to);
  }

  const count = () => Number(Atomics.load(counts[current()]!, 0));
  return {
    moments: momentsOf(set.state),
    count,
    setCount: (steps) => void Atomics.store(counts[current()]!, 0, BigInt(steps)),
    step(learningRate) {
      const step = count() + 1;
      write(step, { step, learningRate });
    },
    // no row is left alone
    settle() {},
    pull(own) {
      if (own !== set.parameters) kernels.copy(sets[current()]!.parameters, own, size);
      else if (current() !== 0) write(count(), undefined);
    },
  };
}

/** A part of all blocks. */
interface Part {
  /** Its first byte. */
  readonly at: number;
  /** A multiple of 4. */
  readonly numbers: number;
  /** Where its gradients are. */
  readonly gradients: Pointer;
}

/** Moves a part of a set. Every number moves by itself: in parts or at once, the bits are the same. */
function movePart(optimizer: Optimizer, kernels: Kernels): (blocks: readonly Pointer[], part: Part, move: Move) => void {
  if (optimizer.kind === 'sgd') {
    const { momentum } = optimizer;
    return ([parameters, buffer], { at, numbers, gradients }, { learningRate }) => {
      if (buffer === undefined) kernels.sgd(parameters! + at, gradients, numbers, learningRate);
      else kernels.sgdMomentum(parameters! + at, gradients, buffer + at, numbers, learningRate, momentum);
    };
  }
  if (optimizer.kind === 'rmsprop') {
    const { alpha, epsilon } = optimizer;
    return ([parameters, squares], { at, numbers, gradients }, { learningRate }) => {
      kernels.rmsprop(parameters! + at, gradients, squares! + at, numbers, learningRate, alpha, epsilon);
    };
  }
  const { beta1, beta2, epsilon } = optimizer;
  return ([parameters, first, second], { at, numbers, gradients }, { step, learningRate }) => {
    const correctedRate = learningRate / (1 - integerPower(beta1, step));
    const rootScale = 1 / Math.sqrt(1 - integerPower(beta2, step));
    kernels.adam(parameters! + at, gradients, first! + at, second! + at, numbers, correctedRate, beta1, beta2, rootScale, epsilon);
  };
}
