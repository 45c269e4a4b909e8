import type { Optimizer } from '../../optimizers/optimizer.js';
import type { Kernels, Pointer } from './kernels.js';

/** An optimiser over one block of parameters. */
export interface WasmOptimizer {
  /** Where it counts its steps, a 64-bit integer. */
  readonly steps: Pointer;
  /** What it remembers: blocks laid out like the parameters, named as PyTorch names them. */
  readonly moments: readonly { readonly name: string; readonly block: Pointer }[];
  /** The step number `step` (from 1) along the gradients. */
  step(step: number, learningRate: number): void;
}

/** The blocks that an optimiser moves and follows, of `size` numbers each, and what it remembers. */
export interface OptimizerBlocks {
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  /** Of {@link optimizerNumbers} numbers. */
  readonly state: Pointer;
  readonly size: number;
}

/** Numbers in front of the moments, for the count of steps. */
const COUNT_NUMBERS = 4;

/** How many 4-byte numbers an optimiser remembers for `size` parameters, a multiple of 4. */
export function optimizerNumbers(optimizer: Optimizer, size: number): number {
  return COUNT_NUMBERS + momentNames(optimizer).length * size;
}

function momentNames(optimizer: Optimizer): readonly string[] {
  if (optimizer.kind === 'sgd') return optimizer.momentum === 0 ? [] : ['momentum_buffer'];
  return optimizer.kind === 'rmsprop' ? ['square_avg'] : ['exp_avg', 'exp_avg_sq'];
}

/** An optimiser over memory that has been reserved. */
export function createOptimizer(optimizer: Optimizer, kernels: Kernels, { parameters, gradients, state, size }: OptimizerBlocks): WasmOptimizer {
  const moments = momentNames(optimizer).map((name, i) => ({ name, block: state + (COUNT_NUMBERS + i * size) * 4 }));
  const [first = 0, second = 0] = moments.map(({ block }) => block);
  return { steps: state, moments, step: stepper() };

  function stepper(): WasmOptimizer['step'] {
    if (optimizer.kind === 'sgd') {
      const { momentum } = optimizer;
      if (momentum === 0) return (_, rate) => kernels.sgd(parameters, gradients, size, rate);
      return (_, rate) => kernels.sgdMomentum(parameters, gradients, first, size, rate, momentum);
    }
    if (optimizer.kind === 'rmsprop') {
      const { alpha, epsilon } = optimizer;
      return (_, rate) => kernels.rmsprop(parameters, gradients, first, size, rate, alpha, epsilon);
    }
    const { beta1, beta2, epsilon } = optimizer;
    return (step, rate) => {
      const correctedRate = rate / (1 - integerPower(beta1, step));
      const rootScale = 1 / Math.sqrt(1 - integerPower(beta2, step));
      kernels.adam(parameters, gradients, first, second, size, correctedRate, beta1, beta2, rootScale, epsilon);
    };
  }
}

/** base^exponent by squaring: the same bits everywhere, which `Math.pow` does not promise. */
function integerPower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}
