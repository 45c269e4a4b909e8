import type { SparseRows, WithDispose } from '@pg/core';
import type { Network } from '../network/network.js';
import type { NamedTensor } from '../network/parameters.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { Distribution } from './distribution.js';
import type { DistributionSpec } from './distribution-spec.js';
import type { SharedNetwork } from './shared-network.js';

/** What a network is compiled for. */
export interface CompileOptions {
  /** The most inputs that are held at a time; buffers are sized for them. */
  readonly rows: number;
  /** The distribution that actions are drawn from. */
  readonly distribution: DistributionSpec;
  /** How rows are time steps; a network with recurrent layers needs it, for others it means nothing. */
  readonly sequence?: SequenceSpec;
  /**
   * Another network whose parameters it computes with, instead of its own; for engines over a shared memory. Both networks are of
   * the same layers.
   */
  readonly parameters?: SharedNetwork | undefined;
}

/** Rows that are steps of environments side by side: row t·N + n is step t of environment n. */
export interface SequenceSpec {
  /** N; the rows are a multiple of it. */
  readonly numEnvs: number;
}

/** What a network is compiled for when it is to learn. */
export interface TrainingOptions extends CompileOptions {
  /** How parameters follow gradients. */
  readonly optimizer: Optimizer;
  /**
   * Another network whose parameters `optimizerStep` moves, with its moments and its count of steps, instead of its own; for engines
   * over a shared memory. The threads that step take turns by a lock of theirs.
   */
  readonly optimize?: SharedNetwork | undefined;
  /**
   * Whether a step counts wholly or not at all, even when its thread is terminated in the middle; for engines over a shared memory.
   * Steps then write a second set of parameters and moments, which becomes the current one with their last instruction. The arrays
   * of this network show what is current after `pull`. Networks that `optimize` it follow.
   */
  readonly atomicSteps?: boolean;
}

/**
 * A network with memory for a number of rows. All arrays are views of the engine's memory, valid until `dispose`; callers
 * write inputs into `input` and read outputs where the engine put them, so nothing is copied.
 */
export interface CompiledNetwork extends WithDispose {
  /** The most rows that are held at a time. */
  readonly rows: number;
  /** `[rows, inputs]`: where to write the inputs; a `Uint8Array` where the network says that they are bytes. */
  readonly input: Float32Array | Uint8Array;
  /**
   * Where rows may be written as lists of their non-zeros instead: `forward` reads the list of a row whose `given` is 1, which stays so
   * until it is set to 0, and does not look at the row of `input` then. Undefined where the first layers read all inputs.
   */
  readonly sparseInput: SparseRows | undefined;
  /** The parameters; writing to their values changes the network. */
  readonly parameters: readonly NamedTensor[];
  /** Where its numbers lie, for networks of other threads; undefined unless the engine was made with a shared memory. */
  readonly shared: SharedNetwork | undefined;
  /** The distribution over actions. */
  readonly distribution: Distribution;
  /**
   * `[rows]`: where to write 1 for a row whose step begins an episode: the state of its environment is zeroed before the step.
   * Read by `forward`, and again by `backward`. Empty without recurrent layers.
   */
  readonly episodeStarts: Uint8Array;
  /**
   * `[N, units]` each: the state before row 0, for example `trunk.2.h` and `trunk.2.c` of an LSTM. Zeros at first; a part of
   * what is to be saved. None without recurrent layers.
   */
  readonly initialState: readonly NamedTensor[];
  /** `[rows, size]`: a head's outputs. */
  output(head: string): Float32Array;
  /**
   * Computes the outputs of `count` rows from row `first` on, and keeps what the backward pass needs. Recurrent layers take
   * whole steps and go on from the state after the rows at `previous`: by default the N rows before, and before row 0 the
   * initial state. Another place is for a look aside, as at an episode's last observation; the backward pass takes rows that
   * followed each other.
   *
   * @throws InvalidShapeError when the network was not compiled for so many rows, as do the distribution's methods, or when
   *   recurrent layers are to take a part of a step
   */
  forward(first: number, count: number, previous?: number): void;
  /**
   * Makes the state after the N rows from row `first` on the initial state, so that row 0 goes on from there. Backpropagation
   * is cut at the initial state. Does nothing without recurrent layers.
   */
  carryState(first: number): void;
  /**
   * Gives the memory back; any use afterwards is a DisposedError, and the network's arrays are empty. Arrays that were taken from it
   * before are empty too, unless the memory is shared: there they must not be used again. A network that is not disposed gives its
   * memory back when it is collected, except in a shared memory.
   */
  dispose(): void;
}

/** A compiled network that can learn. */
export interface TrainableNetwork extends CompiledNetwork {
  /** The gradients of the parameters, of the same names and shapes. */
  readonly gradients: readonly NamedTensor[];
  /** ∂L/∂ of the initial state after `backward`, of the same names and shapes. */
  readonly initialStateGradients: readonly NamedTensor[];
  /** `[rows]`: where to write ∂L/∂log π(a|s). */
  readonly logProbGradients: Float32Array;
  /** `[rows]`: where to write ∂L/∂H. */
  readonly entropyGradients: Float32Array;
  /** What the optimiser remembers, by `moment.parameter`; writing to the values changes it. */
  readonly optimizerState: readonly NamedTensor[];
  /** How many optimiser steps were made, by all networks that share it. */
  optimizerSteps: number;
  /** `[rows, size]`: where to write ∂L/∂output of a head other than the distribution's (the means' and log σ's, of a Gaussian). */
  outputGradient(head: string): Float32Array;
  /**
   * Sets `gradients` to the sums over the first `count` rows. Needs a forward pass of the same rows with the same
   * parameters; the output gradients are used up. Recurrent layers backpropagate through all the steps, up to episode starts.
   */
  backward(count: number): void;
  /**
   * The Euclidean norm of all gradients together.
   *
   * @throws NonFiniteError naming the first parameter whose gradient is NaN or infinite
   */
  gradientNorm(): number;
  /**
   * Multiplies all gradients by a factor.
   *
   * @throws InvalidOptionsError when it is not finite
   */
  scaleGradients(factor: number): void;
  /**
   * Brings each element of each gradient into [−limit, limit]. A NaN stays one, an infinity becomes ±limit: ask for `gradientNorm`
   * before, which finds both.
   *
   * @throws InvalidOptionsError when `limit` is not greater than 0
   */
  clipGradients(limit: number): void;
  /**
   * Moves the parameters along the gradients with the compiled optimiser; those of another network when it was compiled with
   * `optimize`.
   *
   * @throws InvalidOptionsError when the learning rate is not finite; nothing moves
   */
  optimizerStep(learningRate: number): void;
  /**
   * Copies the parameters that `optimizerStep` moves into the network's own. Does nothing where they are the same. With
   * `atomicSteps` it brings the moments up to date as well, so it belongs into the lock in which others step.
   */
  pull(): void;
  /**
   * Adds the gradients of another network of the same layers in the same shared memory: after `backward(0)`, sums over shards in the
   * order of the calls.
   *
   * @throws InvalidOptionsError or InvalidShapeError when the other network does not fit, and DisposedError when it is gone
   */
  addGradients(from: SharedNetwork): void;
}

/** What computes: compiles network values into networks that run. */
export interface Engine {
  /** For example `wasm`. */
  readonly name: string;
  /** For acting only: no memory for gradients. */
  compile(network: Network, options: CompileOptions): CompiledNetwork;
  /** For learning. */
  compileForTraining(network: Network, options: TrainingOptions): TrainableNetwork;
}
