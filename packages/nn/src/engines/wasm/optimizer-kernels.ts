import type { Optimizer } from '../../optimizers/optimizer.js';
import type { Kernels, Pointer } from './kernels.js';

/** What an optimiser moves, and what it remembers: the count of its steps and its moments. */
export interface OptimizerSet {
  readonly parameters: Pointer;
  /** Of {@link optimizerNumbers} numbers. */
  readonly state: Pointer;
}

/** A part of the parameters, in numbers. */
interface OptimizerRange {
  /** A multiple of 4. */
  from: number;
  /** A multiple of 4. */
  count: number;
}

/** How a step goes. */
export interface OptimizerMove {
  /** Its number, from 1. */
  readonly step: number;
  readonly learningRate: number;
}

/** Numbers in front of the moments, for the count of steps and for the set that is current. */
const COUNT_NUMBERS = 4;

/** How many 4-byte numbers an optimiser remembers for `size` parameters, a multiple of 4. */
export function optimizerNumbers(optimizer: Optimizer, size: number): number {
  return COUNT_NUMBERS + momentNames(optimizer).length * size;
}

/** The moments of a state: blocks laid out like the parameters, named as PyTorch names them. */
export function momentsOf(optimizer: Optimizer, state: Pointer, size: number): readonly { readonly name: string; readonly block: Pointer }[] {
  return momentNames(optimizer).map((name, i) => ({ name, block: state + (COUNT_NUMBERS + i * size) * 4 }));
}

function momentNames(optimizer: Optimizer): readonly string[] {
  if (optimizer.kind === 'sgd') return optimizer.momentum === 0 ? [] : ['momentum_buffer'];
  return optimizer.kind === 'rmsprop' ? ['square_avg'] : ['exp_avg', 'exp_avg_sq'];
}

/** Moves a part of a set along the gradients. Every number moves by itself: in parts or at once, the bits are the same. */
export type MoveParameters = (set: OptimizerSet, range: OptimizerRange, move: OptimizerMove) => void;

/** How an optimiser moves `size` parameters along the gradients that lie at `gradients`. */
export function moveParameters(
  optimizer: Optimizer,
  kernels: Kernels,
  { gradients, size }: { readonly gradients: Pointer; readonly size: number },
): MoveParameters {
  const first = COUNT_NUMBERS * 4;
  const second = first + size * 4;
  if (optimizer.kind === 'sgd') {
    const { momentum } = optimizer;
    if (momentum === 0) {
      return ({ parameters }, { from, count }, { learningRate }) => kernels.sgd(parameters + from * 4, gradients + from * 4, count, learningRate);
    }
    return ({ parameters, state }, { from, count }, { learningRate }) => {
      const at = from * 4;
      kernels.sgdMomentum(parameters + at, gradients + at, state + first + at, count, learningRate, momentum);
    };
  }
  if (optimizer.kind === 'rmsprop') {
    const { alpha, epsilon } = optimizer;
    return ({ parameters, state }, { from, count }, { learningRate }) => {
      const at = from * 4;
      kernels.rmsprop(parameters + at, gradients + at, state + first + at, count, learningRate, alpha, epsilon);
    };
  }
  const { beta1, beta2, epsilon } = optimizer;
  return ({ parameters, state }, { from, count }, { step, learningRate }) => {
    const at = from * 4;
    const correctedRate = learningRate / (1 - integerPower(beta1, step));
    const rootScale = 1 / Math.sqrt(1 - integerPower(beta2, step));
    kernels.adam(parameters + at, gradients + at, state + first + at, state + second + at, count, correctedRate, beta1, beta2, rootScale, epsilon);
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
