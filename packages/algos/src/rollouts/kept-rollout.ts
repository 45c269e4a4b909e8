import type { Rng } from '@pg/core';
import type { TrainableNetwork } from '@pg/nn';
import type { BatchMoments } from '../statistics/batch-moments.js';
import { standardizeBy, validMoments } from '../statistics/standardize-valid.js';
import { collective, type YieldStar } from '../update/ask.js';
import { totalMoments } from '../update/total.js';
import type { Batch, BatchState, Coefficients } from './batch.js';
import { batchState, clearCoefficients, coefficientsOf } from './judged-rows.js';

/** The size of minibatches. */
export interface MinibatchShape {
  /** Rows that this part gives to a minibatch. */
  readonly size: number;
  /** The number of parts that give as many each. */
  readonly parts: number;
}

/** The parts of a rollout that is set aside. */
export interface KeptParts extends MinibatchShape {
  readonly network: TrainableNetwork;
  readonly valueHead: string | undefined;
  readonly shuffleRng: Rng;
  /** Rows of the rollout. */
  readonly total: number;
  /** The steps that the optimiser has made. */
  readonly moves: () => number;
}

/** A minibatch before it is handed out. */
interface Made {
  readonly rows: number;
  readonly gradients: Coefficients;
  '~batch': BatchState | undefined;
}

type Elements = Float32Array | Int32Array | Uint8Array;
type Columns = Readonly<Record<string, Float32Array>>;

/**
 * An update's data, set aside while its rows go through the network again and again in random order: minibatches take the
 * network's first rows, where the rollout was.
 */
export class KeptRollout {
  readonly #parts: KeptParts;
  /** Rows of a minibatch of this part, at most. */
  readonly #size: number;
  readonly #order: Int32Array;
  /** Indices of the rows of the minibatch that was chosen last, [size]. */
  readonly #rows: Int32Array;
  /** Pairs of the network's array and a copy of it. */
  readonly #inputs: readonly { readonly live: Elements; readonly kept: Elements; readonly width: number }[];
  /** log π and V when the actions were chosen, [total], and of the chosen rows, [size]. */
  readonly #acted: { readonly logProbs: Float32Array; readonly values: Float32Array | undefined };
  readonly #chosen: { readonly logProbs: Float32Array; readonly values: Float32Array | undefined };
  readonly #valid: Uint8Array;
  /** The columns of the rollout, and arrays [size] for those of the chosen rows. */
  #columns: Columns = {};
  readonly #gathered = new Map<string, Float32Array>();
  /** Minibatches by their rows. */
  readonly #batches = new Map<number, Made>();

  constructor(parts: KeptParts) {
    const { network, total, size, valueHead } = parts;
    const { input, distribution } = network;
    this.#parts = parts;
    this.#size = Math.min(size, total);
    this.#order = new Int32Array(total);
    this.#rows = new Int32Array(this.#size);
    const arrays = (length: number) => ({ logProbs: new Float32Array(length), values: valueHead === undefined ? undefined : new Float32Array(length) });
    this.#acted = arrays(total);
    this.#chosen = arrays(this.#size);
    this.#valid = new Uint8Array(this.#size).fill(1);
    this.#inputs = [input, distribution.actions, distribution.latents, distribution.masks].map((live) => {
      const width = live.length / network.rows;
      return { live, kept: live.slice(0, total * width), width };
    });
  }

  /** Sets aside the network's rows and the columns that belong to them; gives log π and V of the policy that acted. */
  keep(columns: Columns): { readonly actedLogProbs: Float32Array; readonly actedValues: Float32Array | undefined } {
    const { network, valueHead, total } = this.#parts;
    const { logProbs, values } = this.#acted;
    for (const { live, kept } of this.#inputs) kept.set(live.subarray(0, kept.length));
    logProbs.set(network.distribution.logProbs.subarray(0, total));
    values?.set(network.output(valueHead!).subarray(0, total));
    for (let i = 0; i < total; i++) this.#order[i] = i;
    this.#setColumns(columns);
    return { actedLogProbs: logProbs, actedValues: values };
  }

  #setColumns(columns: Columns): void {
    const names = Object.keys(columns);
    const isSame = names.length === this.#gathered.size && names.every((name) => this.#gathered.has(name));
    this.#columns = columns;
    if (isSame) return;
    this.#gathered.clear();
    this.#batches.clear();
    for (const name of names) this.#gathered.set(name, new Float32Array(this.#size));
  }

  /** See `Kept.shuffled`. */
  shuffled({ standardize = false }: { readonly standardize?: string | false } = {}): YieldStar<Iterable<Batch>> {
    return collective('shuffled', () => this.#shuffled(standardize));
  }

  *#shuffled(standardize: string | false) {
    this.#parts.shuffleRng.shuffle(this.#order);
    if (standardize === false) return this.#minibatches(standardize, []);
    return this.#minibatches(standardize, yield* totalMoments(this.#momentsOf(standardize)));
  }

  /** The moments of a column, over this part of each minibatch. */
  #momentsOf(column: string): BatchMoments[] {
    return Array.from({ length: this.#count }, (_, k) => {
      const rows = this.#choose(k);
      return validMoments(this.#gather(column, rows), this.#valid, { from: 0, to: rows, stride: 1 });
    });
  }

  /** The minibatches in their order, each judged when the loop comes to it. */
  *#minibatches(standardize: string | false, moments: readonly BatchMoments[]): Generator<Batch, void, undefined> {
    for (let k = 0; k < this.#count; k++) {
      const rows = this.#choose(k);
      this.#load(rows);
      const { network } = this.#parts;
      network.forward(0, rows);
      network.distribution.evaluate(0, rows);
      const batch = this.#batch(rows);
      for (const name in this.#columns) this.#gather(name, rows);
      if (standardize !== false) standardizeBy(moments[k]!, batch[standardize] as Float32Array, this.#valid);
      yield batch;
    }
  }

  /** The number of minibatches in a pass over the data; the last one may be smaller. */
  get #count(): number {
    return Math.ceil(this.#order.length / this.#size);
  }

  /** Chooses the rows of minibatch k, and returns how many there are. */
  #choose(k: number): number {
    const from = k * this.#size;
    const rows = Math.min(this.#size, this.#order.length - from);
    const { logProbs, values } = this.#chosen;
    for (let i = 0; i < rows; i++) {
      const row = this.#order[from + i]!;
      this.#rows[i] = row;
      logProbs[i] = this.#acted.logProbs[row]!;
      if (values) values[i] = this.#acted.values![row]!;
    }
    return rows;
  }

  /** Puts the chosen rows into the network's first rows. */
  #load(rows: number): void {
    for (const { live, kept, width } of this.#inputs) {
      for (let i = 0; i < rows; i++) {
        const row = this.#rows[i]! * width;
        for (let j = 0; j < width; j++) live[i * width + j] = kept[row + j]!;
      }
    }
  }

  /** A column's entries of the chosen rows, in an array of their own. */
  #gather(name: string, rows: number): Float32Array {
    const column = this.#columns[name]!;
    const gathered = this.#gathered.get(name)!;
    for (let i = 0; i < rows; i++) gathered[i] = column[this.#rows[i]!]!;
    return gathered;
  }

  /** A minibatch of so many rows, whose coefficients are zero: the same object for minibatches of the same size. */
  #batch(rows: number): Batch & Record<string, unknown> {
    const { network, moves } = this.#parts;
    let batch = this.#batches.get(rows);
    if (batch === undefined) {
      batch = this.#viewsOf(rows);
      this.#batches.set(rows, batch);
    }
    clearCoefficients(batch.gradients);
    const judged = moves();
    batch['~batch'] = batchState(network, rows, () => moves() !== judged);
    return batch as unknown as Batch & Record<string, unknown>;
  }

  #viewsOf(rows: number): Made {
    const { network, valueHead, parts } = this.#parts;
    const { logProbs, entropies } = network.distribution;
    const columns = Object.fromEntries([...this.#gathered].map(([name, column]) => [name, column.subarray(0, rows)]));
    const batch = {
      rows,
      count: rows * parts,
      valid: this.#valid.subarray(0, rows),
      logProbs: logProbs.subarray(0, rows),
      actedLogProbs: this.#chosen.logProbs.subarray(0, rows),
      entropies: entropies.subarray(0, rows),
      values: valueHead === undefined ? undefined : network.output(valueHead).subarray(0, rows),
      actedValues: this.#chosen.values?.subarray(0, rows),
      gradients: coefficientsOf(network, valueHead, rows),
      '~batch': undefined as BatchState | undefined,
    };
    return { ...batch, ...columns };
  }
}
