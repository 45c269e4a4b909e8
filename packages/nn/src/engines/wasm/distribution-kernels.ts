import type { Rng } from '@pg/core';
import type { Arena } from './arena.js';
import type { Kernels, Pointer } from './kernels.js';
import type { Signal } from './signal.js';

/** A distribution over some of a network's outputs, on memory. */
export interface WasmDistribution {
  /** How actions are stored: one class index, or `size` floats, a row. */
  readonly actionType: 'integer' | 'float';
  /** Numbers of an action. */
  readonly actionSize: number;
  /** [rows, actionSize]. */
  readonly actions: Pointer;
  /** [rows]. */
  readonly logProbs: Pointer;
  /** [rows]. */
  readonly entropies: Pointer;
  /** [rows]. */
  readonly logProbGradients: Pointer;
  /** [rows]. */
  readonly entropyGradients: Pointer;
  /** Fills the random numbers that `sample` uses up for these rows. */
  drawNoise(first: number, count: number, rng: Rng): void;
  sample(first: number, count: number): void;
  mode(first: number, count: number): void;
  evaluate(first: number, count: number): void;
  /** Turns the gradients of log π(a|s) and H into those of the distribution's parameters. */
  backward(first: number, count: number): void;
}

/** What a distribution is made with. */
export interface DistributionContext {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly rows: number;
  readonly learns: boolean;
  /** The head with the parameters of each row. */
  readonly head: Signal;
}

/** The arrays of one number a row that every distribution has. */
export function reserveRowBuffers({ arena, rows, learns }: DistributionContext) {
  return {
    logProbs: arena.reserve(rows),
    entropies: arena.reserve(rows),
    logProbGradients: learns ? arena.reserve(rows) : 0,
    entropyGradients: learns ? arena.reserve(rows) : 0,
  };
}
