import type { RandomSource } from '../../distribution.js';
import type { Kernels, Pointer } from '../kernels.js';
import type { Arena } from '../memory/arena.js';
import type { Signal } from '../operations/signal.js';

/** A distribution over some of a network's outputs, on memory. */
export interface WasmDistribution {
  /** How actions are stored. */
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
  /** Bytes [rows, maskSize]. */
  readonly masks: Pointer;
  /** Classes, where there are masks; 0 elsewhere. */
  readonly maskSize: number;
  /** [rows, latentSize]. */
  readonly latents: Pointer;
  /** Numbers of an action, where they are squashed; 0 elsewhere. */
  readonly latentSize: number;
  /** Writes what is not zero at first, when the arena is sealed. */
  initialize(): void;
  /** Refuses rows that no action can be drawn for. */
  check(where: string, first: number, count: number): void;
  /** Fills the random numbers that `sample` uses up for these rows. */
  drawNoise(first: number, count: number, rng: RandomSource): void;
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
  /** The outputs of each head. */
  readonly heads: ReadonlyMap<string, Signal>;
  /** A learned vector and its gradient. */
  vector(name: string): { readonly values: Pointer; readonly gradient: Pointer };
}

/** What distributions have in common: the arrays of one number a row, and neither masks nor latents. */
export function commonParts({ arena, rows, learns }: DistributionContext) {
  return {
    logProbs: arena.reserve(rows),
    entropies: arena.reserve(rows),
    logProbGradients: learns ? arena.reserve(rows) : 0,
    entropyGradients: learns ? arena.reserve(rows) : 0,
    masks: 0,
    maskSize: 0,
    latents: 0,
    latentSize: 0,
    initialize() {},
    check() {},
  };
}
