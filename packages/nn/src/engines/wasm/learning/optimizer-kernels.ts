import type { Optimizer } from '../../../optimizers/optimizer.js';
import type { Kernels, Pointer } from '../kernels.js';
import type { GradientRuns } from './gradient-runs.js';
import type { ParameterLayout } from './parameter-block.js';

/** An optimiser over one block of parameters. */
export interface WasmOptimizer {
  /** Where it counts its steps, a 64-bit integer. */
  readonly steps: Pointer;
  /** What it remembers: blocks laid out like the parameters, named as PyTorch names them. */
  readonly moments: readonly { readonly name: string; readonly block: Pointer }[];
  /** The step number `step` (from 1) along the gradients. */
  step(step: number, learningRate: number): void;
  /** Brings what it remembers up to what it is after `step` steps; from then on they count as `countedAs`. */
  settle(step: number, countedAs?: number): void;
}

/** The blocks that an optimiser moves and follows, laid out alike, and what it remembers. */
export interface OptimizerBlocks {
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  /** Of {@link optimizerNumbers} numbers. */
  readonly state: Pointer;
  readonly layout: ParameterLayout;
  /** The gradients that are to be followed; the others are zero. */
  readonly runs: GradientRuns;
}

/** Numbers in front of the moments, for the count of steps and for the set that is current. */
export const COUNT_NUMBERS = 4;

/** How many 4-byte numbers an optimiser remembers: its steps, the moments, and up to which step each row of a sparse weight is settled. */
export function optimizerNumbers(optimizer: Optimizer, { size, sparseRows }: ParameterLayout): number {
  return COUNT_NUMBERS + momentNames(optimizer).length * size + (isLazy(optimizer) ? sparseRows : 0);
}

/** What an optimiser remembers of each parameter, as PyTorch names it. */
export function momentNames(optimizer: Optimizer): readonly string[] {
  if (optimizer.kind === 'sgd') return optimizer.momentum === 0 ? [] : ['momentum_buffer'];
  return optimizer.kind === 'rmsprop' ? ['square_avg'] : ['exp_avg', 'exp_avg_sq'];
}

/**
 * Whether a row may be left alone while its gradient is zero: RMSProp does not move it then, and v = αv can be made up for. With ε = 0 it
 * would be 0/0.
 */
function isLazy(optimizer: Optimizer): boolean {
  return optimizer.kind === 'rmsprop' && optimizer.epsilon > 0;
}

/** An optimiser over memory that has been reserved. */
export function createOptimizer(optimizer: Optimizer, kernels: Kernels, { parameters, gradients, state, layout, runs }: OptimizerBlocks): WasmOptimizer {
  const { size } = layout;
  const moments = momentNames(optimizer).map((name, i) => ({ name, block: state + (COUNT_NUMBERS + i * size) * 4 }));
  const [first = 0, second = 0] = moments.map(({ block }) => block);
  const stamps = state + (COUNT_NUMBERS + moments.length * size) * 4;
  return {
    steps: state,
    moments,
    step: stepper(),
    settle: (step, countedAs = step) => settleRows(0, step, countedAs),
  };

  function stepper(): WasmOptimizer['step'] {
    if (optimizer.kind === 'sgd') {
      const { momentum } = optimizer;
      if (momentum === 0) return (_, rate) => runs.each((at, count) => kernels.sgd(parameters + at, gradients + at, count, rate));
      return (_, rate) => kernels.sgdMomentum(parameters, gradients, first, size, rate, momentum);
    }
    if (optimizer.kind === 'rmsprop') {
      const { alpha, epsilon } = optimizer;
      if (!isLazy(optimizer)) return (_, rate) => kernels.rmsprop(parameters, gradients, first, size, rate, alpha, epsilon);
      return (step, rate) => {
        settleRows(runs.marks, step - 1, step);
        runs.each((at, count) => kernels.rmsprop(parameters + at, gradients + at, first + at, count, rate, alpha, epsilon));
      };
    }
    const { beta1, beta2, epsilon } = optimizer;
    return (step, rate) => {
      const correctedRate = rate / (1 - integerPower(beta1, step));
      const rootScale = 1 / Math.sqrt(1 - integerPower(beta2, step));
      kernels.adam(parameters, gradients, first, second, size, correctedRate, beta1, beta2, rootScale, epsilon);
    };
  }

  /** The steps that marked rows, or all of them when `marks` is 0, were left alone. Counts of steps go around at 2³². */
  function settleRows(marks: Pointer, step: number, countedAs: number): void {
    if (optimizer.kind !== 'rmsprop' || !isLazy(optimizer)) return;
    for (const { offset, rows, units, firstRow } of layout.sparse) {
      const at = [first + offset * 4, stamps + firstRow * 4, marks && marks + firstRow] as const;
      kernels.decayRows(...at, rows, units, step | 0, countedAs | 0, optimizer.alpha);
    }
  }
}

/** base^exponent by squaring: the same bits everywhere, which `Math.pow` does not promise. */
export function integerPower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
