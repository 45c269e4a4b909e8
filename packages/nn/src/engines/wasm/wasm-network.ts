import { arrayName, DisposedError, describeValue, InvalidOptionsError, InvalidShapeError, isUint8Array, type SparseRows } from '@pg/core';
import type { Network } from '../../network/network.js';
import type { NamedTensor } from '../../network/parameters.js';
import type { Distribution } from '../distribution.js';
import type { TrainableNetwork } from '../engine.js';
import type { SharedNetwork } from '../shared-network.js';
import { emptyDistribution, viewDistribution } from './distributions/distribution-view.js';
import { nonFiniteActions, nonFiniteGradients } from './distributions/non-finite.js';
import { viewTensors } from './learning/parameter-block.js';
import { checkShared } from './memory/check-shared.js';
import { makeParts, type NetworkMaker, type NetworkOptions, type NetworkParts } from './network-parts.js';
import { viewStates } from './operations/recurrent-state.js';
import { viewSparseInput } from './operations/sparse-input.js';

/**
 * A network over one arena; its distribution and its optimiser are kernel calls, and so are its layers unless another body
 * computes them. Compiled without an optimiser it can only act.
 */
export class WasmNetwork implements TrainableNetwork {
  readonly rows: number;
  readonly input: Float32Array | Uint8Array;
  readonly sparseInput: SparseRows | undefined;
  readonly parameters: readonly NamedTensor[];
  readonly episodeStarts: Uint8Array;
  readonly initialState: readonly NamedTensor[];
  readonly initialStateGradients: readonly NamedTensor[];
  readonly distribution: Distribution;
  readonly logProbGradients: Float32Array;
  readonly entropyGradients: Float32Array;
  readonly shared: SharedNetwork | undefined;

  /** Undefined after `dispose`: together with the views, all that leads to the memory. */
  #parts: NetworkParts | undefined;
  /** Rows that are taken together: N of a network with recurrent layers, 1 of others. */
  readonly #stepRows: number;
  readonly #head: string;
  readonly #gradients: readonly NamedTensor[];
  readonly #optimizerState: readonly NamedTensor[];
  readonly #outputs = new Map<string, Float32Array>();
  readonly #outputGradients = new Map<string, Float32Array>();

  constructor(network: Network, options: NetworkOptions, maker: NetworkMaker) {
    const { rows, optimizer, distribution } = options;
    const parts = makeParts(network, options, maker);
    const { arena, layout, blocks, body } = parts;
    this.rows = rows;
    this.#head = distribution.head;
    this.#stepRows = parts.sequence?.numEnvs ?? 1;
    this.#parts = parts;

    const { values, size } = body.input;
    this.input = network.input ? arena.bytes(values, rows * size) : arena.floats(values, rows * size);
    this.sparseInput = body.sparseInput && viewSparseInput(arena, body.sparseInput, rows);
    this.parameters = viewTensors(arena, layout, blocks.parameters);
    this.#gradients = optimizer ? viewTensors(arena, layout, blocks.gradients) : [];
    this.logProbGradients = arena.floats(parts.distribution.logProbGradients, optimizer ? rows : 0);
    this.entropyGradients = arena.floats(parts.distribution.entropyGradients, optimizer ? rows : 0);
    this.#optimizerState = (parts.optimizer?.moments ?? []).flatMap(({ name, block }) => viewTensors(arena, layout, block, `${name}.`));
    this.episodeStarts = parts.sequence ? arena.bytes(parts.sequence.episodeStarts, rows) : new Uint8Array(0);
    this.initialState = viewStates(arena, body.states, this.#stepRows, 'initial');
    this.initialStateGradients = optimizer ? viewStates(arena, body.states, this.#stepRows, 'gradient') : [];
    this.shared = blocks.shared;
    this.distribution = viewDistribution(parts, rows, {
      before: (method, first, count) => {
        const { distribution: live } = this.#alive(method);
        this.#assertRows(method, first, count);
        return live;
      },
      afterActing: (method, first, count) => this.#assertFinite(method, first, count),
    });
    for (const [name, signal] of body.heads) {
      this.#outputs.set(name, arena.floats(signal.values, rows * signal.size));
      if (optimizer) this.#outputGradients.set(name, arena.floats(signal.gradient, rows * signal.size));
    }
  }

  /** Whoever asks may write to all of them. */
  get gradients(): readonly NamedTensor[] {
    this.#parts?.runs?.takeAll();
    return this.#gradients;
  }

  get optimizerState(): readonly NamedTensor[] {
    this.#parts?.optimizer?.settle();
    return this.#optimizerState;
  }

  get optimizerSteps(): number {
    return this.#alive('optimizerSteps').optimizer?.count() ?? 0;
  }

  set optimizerSteps(steps: number) {
    const { optimizer } = this.#alive('optimizerSteps');
    if (!Number.isSafeInteger(steps) || steps < 0) {
      const got = `optimizerSteps: ${describeValue(steps)}`;
      throw new InvalidOptionsError({ where: 'network', got, expected: 'a whole number from 0 on', remedy: 'Put back what was read.' });
    }
    optimizer?.setCount(steps);
  }

  output(head: string): Float32Array {
    this.#alive('output');
    return this.#outputs.get(head) ?? this.#refuseHead('output', head);
  }

  outputGradient(head: string): Float32Array {
    this.#alive('outputGradient');
    return this.#outputGradients.get(head) ?? this.#refuseHead('outputGradient', head);
  }

  forward(first: number, count: number, from?: number): void {
    const { body } = this.#alive('forward');
    this.#assertSteps('forward', first, count);
    const previous = from ?? first - this.#stepRows;
    if (!(previous < 0)) this.#assertSteps('forward', previous, this.#stepRows);
    body.forward(first, count, previous);
  }

  carryState(first: number): void {
    const { body, kernels } = this.#alive('carryState');
    this.#assertSteps('carryState', first, this.#stepRows);
    for (const { after, initial, size } of body.states) kernels.copy(after + first * size * 4, initial, this.#stepRows * size);
  }

  backward(count: number): void {
    const { body, distribution, runs } = this.#alive('backward');
    this.#assertSteps('backward', 0, count);
    runs!.clear();
    distribution.backward(0, count);
    body.backward(count);
    runs!.find();
  }

  gradientNorm(): number {
    const { kernels, blocks, runs } = this.#alive('gradientNorm');
    const squares = kernels.sumOfSquares(blocks.gradients, runs!.runs, runs!.count);
    if (!Number.isFinite(squares)) throw nonFiniteGradients({ parameters: this.parameters, gradients: this.#gradients });
    return Math.sqrt(squares);
  }

  scaleGradients(factor: number): void {
    const { kernels, blocks, runs } = this.#alive('scaleGradients');
    if (!Number.isFinite(Math.fround(Number.isFinite(factor) ? factor : Number.NaN))) throw notAFactor(factor);
    runs!.each((at, count) => kernels.scale(blocks.gradients + at, count, factor));
  }

  clipGradients(limit: number): void {
    const { kernels, blocks, runs } = this.#alive('clipGradients');
    if (!(typeof limit === 'number' && Math.fround(limit) > 0)) throw notALimit(limit);
    runs!.each((at, count) => kernels.clamp(blocks.gradients + at, count, limit));
  }

  optimizerStep(learningRate: number): void {
    const { optimizer } = this.#alive('optimizerStep');
    if (!(Number.isFinite(learningRate) && Number.isFinite(Math.fround(learningRate)))) throw notARate(learningRate);
    optimizer!.step(learningRate);
  }

  pull(): void {
    const { optimizer, blocks } = this.#alive('pull');
    optimizer?.pull(blocks.parameters);
  }

  addGradients(from: SharedNetwork): void {
    const { blocks, runs, lease } = this.#alive('addGradients');
    checkShared('addGradients', from, blocks.shared, 'gradients');
    lease!.with(from.gradients!, (at) => runs!.add(at));
  }

  dispose(): void {
    if (!this.#parts) return;
    const { body, arena, runs } = this.#parts;
    body.dispose();
    runs?.empty();
    arena.release();
    this.#parts = undefined;
    this.#empty();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Lets go of the memory. Where it is shared, its views would go on to show what lies there next. */
  #empty(): void {
    const floats = new Float32Array(0);
    for (const tensors of [this.parameters, this.#gradients, this.initialState, this.initialStateGradients, this.#optimizerState])
      for (const tensor of tensors) Object.assign(tensor, { values: floats });
    emptyDistribution(this.distribution);
    Object.assign(this, {
      input: isUint8Array(this.input) ? new Uint8Array(0) : floats,
      sparseInput: undefined,
      logProbGradients: floats,
      entropyGradients: floats,
      episodeStarts: new Uint8Array(0),
    });
    this.#outputs.clear();
    this.#outputGradients.clear();
  }

  /**
   * Hot. Looks at one number a row after `sample`, whose log-probabilities no bad number passes, and at what decided after `mode`;
   * there −∞ is a logit like others.
   */
  #assertFinite(where: 'sample' | 'mode', first: number, rows: number): void {
    const { actions, logProbs } = this.distribution;
    const isLogit = where === 'mode' && arrayName(actions) === 'Int32Array';
    const values = where === 'sample' ? logProbs : isLogit ? this.#outputs.get(this.#head)! : actions;
    const lowest = isLogit ? Number.NEGATIVE_INFINITY : -Number.MAX_VALUE;
    const size = values.length / this.rows;
    for (let i = first * size; i < (first + rows) * size; i++) {
      const value = values[i]!;
      if (!(value >= lowest && value < Number.POSITIVE_INFINITY)) throw nonFiniteActions(where, this, { head: this.#head, row: Math.floor(i / size) });
    }
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

  #alive(where: string): NetworkParts {
    if (this.#parts) return this.#parts;
    throw new DisposedError({ where, got: 'a network after dispose()', expected: 'a live network', remedy: 'Compile the network again.' });
  }
}

function notARate(learningRate: number): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'optimizerStep',
    got: `the learning rate ${describeValue(learningRate)}`,
    expected: 'a finite float32 number',
    remedy: 'Mend what computes it: the parameters were left as they are.',
  });
}

function notAFactor(factor: number): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'scaleGradients',
    got: `the factor ${describeValue(factor)}`,
    expected: 'a finite float32 number',
    remedy: 'Mend what computes it.',
  });
}

function notALimit(limit: number): InvalidOptionsError {
  return new InvalidOptionsError({
    where: 'clipGradients',
    got: `the limit ${describeValue(limit)}`,
    expected: 'a number greater than 0',
    remedy: 'Give the largest size that an element may have.',
  });
}
