import type { Optimizer } from '../optimizers/optimizer.js';

/** A memory that threads share, from `createSharedMemory`: a `WebAssembly.Memory`, which can be posted to workers as it is. */
export interface SharedMemory {
  /** All of its bytes. */
  readonly buffer: SharedArrayBuffer;
}

/** A block of a shared memory, which stays until the last network that uses it is disposed. */
export interface SharedBlock {
  /** Its first byte. */
  readonly address: number;
  /** How long it is. */
  readonly bytes: number;
  /** How often its place was given away before: tells it from a later block at the same place. */
  readonly generation: number;
}

/** Where a network's numbers lie in a shared memory: a small value to post to other threads, from a network's `shared`. */
export interface SharedNetwork {
  /** Which memory. */
  readonly memory: string;
  /** Names and shapes of the parameters, for example `trunk.0.weight [4, 64]`. */
  readonly layout: readonly string[];
  /** The parameters that it computes with. */
  readonly parameters: SharedBlock;
  /** The gradients; undefined when it does not learn. */
  readonly gradients: SharedBlock | undefined;
  /** What its optimiser steps move, and what they remember; undefined when it does not learn. */
  readonly learning: SharedLearning | undefined;
}

/** An optimiser's side of a {@link SharedNetwork}. */
export interface SharedLearning {
  /** How parameters follow gradients. */
  readonly optimizer: Optimizer;
  /** The parameters that steps move: those of the network, unless it was compiled with `optimize`. */
  readonly parameters: SharedBlock;
  /** The count of steps, and the moments. */
  readonly state: SharedBlock;
  /** With `atomicSteps`, a second set of parameters and state: each step writes the one that is not current, and then makes it so. */
  readonly spare: { readonly parameters: SharedBlock; readonly state: SharedBlock } | undefined;
}
