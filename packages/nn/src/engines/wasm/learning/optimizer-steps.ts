import type { Optimizer } from '../../../optimizers/optimizer.js';
import type { Kernels, Pointer } from '../kernels.js';
import type { Arena } from '../memory/arena.js';
import { atomicSteps } from './atomic-steps.js';
import type { GradientRuns } from './gradient-runs.js';
import { createOptimizer } from './optimizer-kernels.js';
import type { ParameterLayout } from './parameter-block.js';

/** What an optimiser moves, and what it remembers. */
export interface OptimizerSet {
  readonly parameters: Pointer;
  /** Of `optimizerNumbers` numbers. */
  readonly state: Pointer;
}

/** An optimiser over parameters that other networks may move as well. */
export interface OptimizerSteps {
  /** What it remembers: blocks laid out like the parameters. */
  readonly moments: readonly { readonly name: string; readonly block: Pointer }[];
  /** How many steps were made, by all networks that share it. */
  count(): number;
  setCount(steps: number): void;
  /** One more step along the gradients. */
  step(learningRate: number): void;
  /** Brings what it remembers up to what it is after the last step. */
  settle(): void;
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
  readonly layout: ParameterLayout;
  /** The gradients that are to be followed; the others are zero. */
  readonly runs: GradientRuns;
}

/** An optimiser over memory that has been reserved and sealed. */
export function createOptimizerSteps(optimizer: Optimizer, parts: OptimizerParts): OptimizerSteps {
  return parts.spare ? atomicSteps(optimizer, parts, parts.spare) : stepsInPlace(optimizer, parts);
}

function stepsInPlace(optimizer: Optimizer, { arena, kernels, set, gradients, layout, runs }: OptimizerParts): OptimizerSteps {
  const { moments, steps: counter, step, settle } = createOptimizer(optimizer, kernels, { ...set, gradients, layout, runs });
  const steps = arena.counter(counter);
  const count = () => Number(Atomics.load(steps, 0));
  return {
    moments,
    count,
    setCount(number) {
      settle(count(), number);
      Atomics.store(steps, 0, BigInt(number));
    },
    // threads that take no turns lose no step of the count
    step: (learningRate) => step(Number(Atomics.add(steps, 0, 1n)) + 1, learningRate),
    settle: () => settle(count()),
    pull(own) {
      if (own !== set.parameters) kernels.copy(set.parameters, own, layout.size);
    },
  };
}
