import type { Optimizer } from '../../optimizers/optimizer.js';
import type { Arena } from './arena.js';
import type { Kernels, Pointer } from './kernels.js';

/** An optimiser over one block of parameters. */
export interface WasmOptimizer {
  /** What it remembers: blocks laid out like the parameters, named as PyTorch names them. */
  readonly moments: readonly { readonly name: string; readonly block: Pointer }[];
  /** The step number `step` (from 1) along the gradients. */
  step(step: number, learningRate: number): void;
}

/** The blocks that an optimiser moves and follows, of `size` numbers each. */
export interface OptimizerBlocks {
  readonly parameters: Pointer;
  readonly gradients: Pointer;
  readonly size: number;
}

/** Reserves an optimiser's memory. */
export function createOptimizer(optimizer: Optimizer, arena: Arena, kernels: Kernels, blocks: OptimizerBlocks): WasmOptimizer {
  const { parameters, gradients, size } = blocks;
  if (optimizer.kind === 'sgd') {
    const { momentum } = optimizer;
    if (momentum === 0) return { moments: [], step: (_, rate) => kernels.sgd(parameters, gradients, size, rate) };
    const velocity = arena.reserve(size);
    return {
      moments: [{ name: 'momentum_buffer', block: velocity }],
      step: (_, rate) => kernels.sgdMomentum(parameters, gradients, velocity, size, rate, momentum),
    };
  }
  if (optimizer.kind === 'rmsprop') {
    const { alpha, epsilon } = optimizer;
    const square = arena.reserve(size);
    return { moments: [{ name: 'square_avg', block: square }], step: (_, rate) => kernels.rmsprop(parameters, gradients, square, size, rate, alpha, epsilon) };
  }
  const { beta1, beta2, epsilon } = optimizer;
  const mean = arena.reserve(size);
  const square = arena.reserve(size);
  return {
    moments: [
      { name: 'exp_avg', block: mean },
      { name: 'exp_avg_sq', block: square },
    ],
    step(step, rate) {
      const correctedRate = rate / (1 - integerPower(beta1, step));
      const rootScale = 1 / Math.sqrt(1 - integerPower(beta2, step));
      kernels.adam(parameters, gradients, mean, square, size, correctedRate, beta1, beta2, rootScale, epsilon);
    },
  };
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
