import { describeSpace, describeValue, elementSize, InvalidShapeError, type ObservationScaling, type Rng, type Space } from '@pg/core';
import { copyTensors, type NamedTensor } from '@pg/nn';
import type { ActBatchOptions } from './act-options.js';
import { NetworkRows, type RowsParts, refuseNormalized } from './network-rows.js';
import { copyActions, createActions } from './to-actions.js';

/** The policy as it is now. */
export interface PolicyNow {
  readonly parameters: readonly NamedTensor[];
  readonly scaling: ObservationScaling | undefined;
  readonly rng: Rng;
}

/** The most rows that are computed together: more would need memory and save no time. */
const MOST_ROWS = 256;

/** Acts on batches of any size, with memory for the largest so far. */
export class BatchActor {
  readonly #parts: RowsParts;
  #rows: NetworkRows | undefined;
  #capacity = 0;

  constructor(parts: RowsParts) {
    this.#parts = parts;
  }

  /** What `policy.actBatch` does. */
  act(where: string, observations: ArrayLike<number>, options: ActBatchOptions, { parameters, scaling, rng }: PolicyNow): Int32Array | Float32Array {
    const { observationSpace, actionSpace } = this.#parts;
    const total = countOf(where, observations, observationSpace);
    refuseNormalized(where, observations, scaling);
    const rows = this.#roomFor(Math.min(total, MOST_ROWS));
    copyTensors(parameters, rows.network.parameters);
    const actions = createActions(actionSpace, total);
    for (let first = 0; first < total; first += this.#capacity) {
      const count = Math.min(this.#capacity, total - first);
      const masks = options.masks && part(options.masks, { first, count, total });
      const distribution = rows.forward(where, { obs: part(observations, { first, count, total }), count, masks, scaling });
      if (options.greedy) distribution.mode(0, count);
      else distribution.sample(0, count, rng);
      copyActions(actionSpace, distribution.actions, { into: actions, first, count });
    }
    return actions;
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#rows?.network.dispose();
    this.#rows = undefined;
    this.#capacity = 0;
  }

  #roomFor(count: number): NetworkRows {
    if (this.#rows && count <= this.#capacity) return this.#rows;
    this.dispose();
    // a power of two, so that batches that grow are not compiled for at every step
    while (this.#capacity < count) this.#capacity = Math.max(1, 2 * this.#capacity);
    this.#rows = new NetworkRows(this.#parts, this.#capacity);
    return this.#rows;
  }
}

/** How many observations there are. */
function countOf(where: string, observations: ArrayLike<number>, space: Space): number {
  const size = elementSize(space);
  const length = typeof observations === 'object' ? observations?.length : undefined;
  if (length !== undefined && length > 0 && length % size === 0) return length / size;
  throw new InvalidShapeError({
    where,
    got: `observations: ${describeValue(observations)}`,
    expected: `one or more times ${size} ${size === 1 ? 'number' : 'numbers'} (${describeSpace(space)})`,
    remedy: 'Pass one flat array with all observations, one after the other.',
  });
}

/** The share of some rows. */
function part<TArray extends ArrayLike<number | boolean>>(array: TArray, { first, count, total }: { first: number; count: number; total: number }): TArray {
  const size = array.length / total;
  // what does not divide evenly is refused as it is
  if (count === total || !Number.isInteger(size)) return array;
  const [from, to] = [first * size, (first + count) * size];
  return (Array.isArray(array) ? array.slice(from, to) : (array as unknown as Float32Array).subarray(from, to)) as unknown as TArray;
}
