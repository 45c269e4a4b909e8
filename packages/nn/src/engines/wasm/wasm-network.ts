import { DisposedError, describeValue, InvalidOptionsError, InvalidShapeError, NonFiniteError } from '@pg/core';
import type { Network } from '../../network/network.js';
import type { NamedTensor } from '../../network/parameters.js';
import { hasState } from '../../network/recurrent-layer.js';
import type { Distribution } from '../distribution.js';
import type { CompileOptions, TrainableNetwork, TrainingOptions } from '../engine.js';
import { Arena } from './arena.js';
import type { WasmDistribution } from './distribution-kernels.js';
import { viewDistribution } from './distribution-view.js';
import { instantiateKernels, type Kernels, type Pointer, panelSize } from './kernels.js';
import { makeDistribution } from './make-distribution.js';
import { kernelBody, type MakeNetworkBody, type NetworkBody } from './network-body.js';
import { createOptimizer, type WasmOptimizer } from './optimizer-kernels.js';
import { layoutParameters, type ParameterLayout, viewTensors } from './parameter-block.js';
import { reserveSequence, viewStates } from './recurrent-state.js';

/** Rows that the backward pass takes at a time: their gradients stay in the cache. Sums run over rows in order regardless. */
const BLOCK_ROWS = 256;

/** The engine that a network belongs to. */
interface NetworkMaker {
  /** For messages, for example `wasm engine`. */
  readonly where: string;
  /** What computes the layers. */
  readonly makeBody: MakeNetworkBody;
}

const wasmMaker: NetworkMaker = { where: 'wasm engine', makeBody: kernelBody };

/**
 * A network over one arena; its distribution and its optimiser are kernel calls, and so are its layers unless another body
 * computes them. Compiled without an optimiser it can only act.
 */
export class WasmNetwork implements TrainableNetwork {
  readonly rows: number;
  readonly input: Float32Array | Uint8Array;
  readonly parameters: readonly NamedTensor[];
  readonly gradients: readonly NamedTensor[];
  readonly episodeStarts: Uint8Array;
  readonly initialState: readonly NamedTensor[];
  readonly initialStateGradients: readonly NamedTensor[];
  readonly distribution: Distribution;
  readonly logProbGradients: Float32Array;
  readonly entropyGradients: Float32Array;
  readonly optimizerState: readonly NamedTensor[];
  optimizerSteps = 0;

  readonly #kernels: Kernels;
  readonly #layout: ParameterLayout;
  readonly #gradientBlock: Pointer;
  readonly #gradientValues: Float32Array;
  readonly #body: NetworkBody;
  /** Rows that are taken together: N of a network with recurrent layers, 1 of others. */
  readonly #stepRows: number;
  readonly #distribution: WasmDistribution;
  readonly #optimizer: WasmOptimizer | undefined;
  readonly #outputs = new Map<string, Float32Array>();
  readonly #outputGradients = new Map<string, Float32Array>();
  #disposed = false;

  constructor(network: Network, options: CompileOptions & Partial<TrainingOptions>, { where, makeBody } = wasmMaker) {
    const { rows, optimizer } = options;
    const arena = new Arena(where);
    this.rows = rows;
    this.#kernels = instantiateKernels(arena.memory);
    this.#kernels.usePanel(arena.reserve(panelSize));
    this.#layout = layoutParameters(network);
    const parameters = arena.reserve(this.#layout.size);
    this.#gradientBlock = optimizer ? arena.reserve(this.#layout.size) : 0;
    const sequence = hasState(network) ? reserveSequence(arena, rows, options.sequence!) : undefined;
    this.#stepRows = sequence?.numEnvs ?? 1;
    const wholeSteps = Math.max(1, Math.floor(BLOCK_ROWS / this.#stepRows)) * this.#stepRows;
    const blockRows = optimizer ? Math.min(rows, wholeSteps) : 0;
    const block = { layout: this.#layout, parameters, gradients: this.#gradientBlock };
    this.#body = makeBody(network, { arena, kernels: this.#kernels, rows, blockRows, sequence, ...block });
    this.#distribution = makeDistribution(
      {
        arena,
        kernels: this.#kernels,
        rows,
        learns: optimizer !== undefined,
        heads: this.#body.heads,
        vector: (name) => ({ values: parameters + this.#layout.offsets.get(name)!, gradient: this.#gradientBlock + this.#layout.offsets.get(name)! }),
      },
      options.distribution,
    );
    this.#optimizer = optimizer && createOptimizer(optimizer, arena, this.#kernels, { parameters, gradients: this.#gradientBlock, size: this.#layout.size });
    arena.seal();

    const { values, size } = this.#body.input;
    this.input = network.input ? arena.bytes(values, rows * size) : arena.floats(values, rows * size);
    this.parameters = viewTensors(arena, this.#layout, parameters);
    this.gradients = optimizer ? viewTensors(arena, this.#layout, this.#gradientBlock) : [];
    this.#gradientValues = arena.floats(this.#gradientBlock, optimizer ? this.#layout.size : 0);
    this.logProbGradients = arena.floats(this.#distribution.logProbGradients, optimizer ? rows : 0);
    this.entropyGradients = arena.floats(this.#distribution.entropyGradients, optimizer ? rows : 0);
    this.optimizerState = (this.#optimizer?.moments ?? []).flatMap(({ name, block }) => viewTensors(arena, this.#layout, block, `${name}.`));
    this.episodeStarts = sequence ? arena.bytes(sequence.episodeStarts, rows) : new Uint8Array(0);
    this.initialState = viewStates(arena, this.#body.states, this.#stepRows, 'initial');
    this.initialStateGradients = optimizer ? viewStates(arena, this.#body.states, this.#stepRows, 'gradient') : [];
    const assertRows = (method: string, first: number, count: number) => {
      this.#assertAlive(method);
      this.#assertRows(method, first, count);
    };
    this.distribution = viewDistribution(this.#distribution, { arena, rows, assertRows });
    for (const [name, signal] of this.#body.heads) {
      this.#outputs.set(name, arena.floats(signal.values, rows * signal.size));
      if (optimizer) this.#outputGradients.set(name, arena.floats(signal.gradient, rows * signal.size));
    }
  }

  output(head: string): Float32Array {
    this.#assertAlive('output');
    return this.#outputs.get(head) ?? this.#refuseHead('output', head);
  }

  outputGradient(head: string): Float32Array {
    this.#assertAlive('outputGradient');
    return this.#outputGradients.get(head) ?? this.#refuseHead('outputGradient', head);
  }

  forward(first: number, count: number, previous = first - this.#stepRows): void {
    this.#assertAlive('forward');
    this.#assertSteps('forward', first, count);
    if (!(previous < 0)) this.#assertSteps('forward', previous, this.#stepRows);
    this.#body.forward(first, count, previous);
  }

  carryState(first: number): void {
    this.#assertAlive('carryState');
    this.#assertSteps('carryState', first, this.#stepRows);
    for (const { after, initial, size } of this.#body.states) this.#kernels.copy(after + first * size * 4, initial, this.#stepRows * size);
  }

  backward(count: number): void {
    this.#assertAlive('backward');
    this.#assertSteps('backward', 0, count);
    this.#gradientValues.fill(0);
    this.#distribution.backward(0, count);
    this.#body.backward(count);
  }

  gradientNorm(): number {
    this.#assertAlive('gradientNorm');
    const squares = this.#kernels.sumOfSquares(this.#gradientBlock, this.#layout.size);
    if (!Number.isFinite(squares)) throw this.#nonFinite();
    return Math.sqrt(squares);
  }

  scaleGradients(factor: number): void {
    this.#assertAlive('scaleGradients');
    this.#kernels.scale(this.#gradientBlock, this.#layout.size, factor);
  }

  clipGradients(limit: number): void {
    this.#assertAlive('clipGradients');
    if (!(limit > 0)) throw notALimit(limit);
    this.#kernels.clamp(this.#gradientBlock, this.#layout.size, limit);
  }

  optimizerStep(learningRate: number): void {
    this.#assertAlive('optimizerStep');
    this.optimizerSteps += 1;
    this.#optimizer!.step(this.optimizerSteps, learningRate);
  }

  dispose(): void {
    if (!this.#disposed) this.#body.dispose();
    this.#disposed = true;
  }

  #nonFinite(): NonFiniteError {
    const culprit = [...this.parameters, ...this.gradients].find(({ values }) => !values.every(Number.isFinite));
    const isParameter = culprit !== undefined && this.parameters.includes(culprit);
    return new NonFiniteError({
      where: 'gradientNorm',
      got: culprit ? `NaN or infinity in the ${isParameter ? 'parameter' : 'gradient of'} ${culprit.name}` : 'gradients whose squares overflow',
      expected: 'finite numbers',
      remedy: isParameter
        ? 'An earlier step or a write to the parameters put it there: load good parameters, and lower the learning rate.'
        : 'The parameters were left as they were before this update. Lower the learning rate, clip gradients, or scale rewards and observations.',
    });
  }

  /** Kernels write wherever they are told to: rows that do not exist would be other arrays. */
  #assertRows(where: string, first: number, count: number): void {
    if (Number.isInteger(first) && Number.isInteger(count) && first >= 0 && count >= 0 && first + count <= this.rows) return;
    throw new InvalidShapeError({
      where,
      got: `${describeValue(count)} rows from row ${describeValue(first)} on`,
      expected: `whole numbers within the ${this.rows} rows that the network was compiled for`,
      remedy: 'Compile it for more rows.',
    });
  }

  /** As {@link #assertRows}; a recurrent network's rows also have to be whole steps. */
  #assertSteps(where: string, first: number, count: number): void {
    this.#assertRows(where, first, count);
    if (first % this.#stepRows === 0 && count % this.#stepRows === 0) return;
    throw new InvalidShapeError({
      where,
      got: `${count} rows from row ${first} on`,
      expected: `whole steps of the ${this.#stepRows} environments that the network was compiled for`,
      remedy: 'Use multiples of numEnvs.',
    });
  }

  #refuseHead(where: string, head: string): never {
    const heads = [...this.#outputs.keys()].join(', ');
    throw new InvalidShapeError({
      where,
      got: `the head ${describeValue(head)}`,
      expected: `one of the heads ${heads}`,
      remedy: 'Name a head of the network.',
    });
  }

  #assertAlive(where: string): void {
    if (!this.#disposed) return;
    throw new DisposedError({ where, got: 'a network after dispose()', expected: 'a live network', remedy: 'Compile the network again.' });
  }
}

function notALimit(limit: number): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'clipGradients',
    got: `the limit ${describeValue(limit)}`,
    expected: 'a number greater than 0',
    remedy: 'Give the largest size that an element may have.',
  });
}
