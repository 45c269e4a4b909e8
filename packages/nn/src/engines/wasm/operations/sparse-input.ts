import { InvalidShapeError, type SparseRows } from '@pg/core';
import type { Kernels, Pointer } from '../kernels.js';
import type { Arena } from '../memory/arena.js';
import { type Signal, valuesAt } from './signal.js';

/** The non-zeros of the network's inputs, for all layers that read them. */
export interface SparseInput {
  /** [rows, capacity, 2]: index and value. */
  readonly entries: Pointer;
  /** [rows]: how many entries a row has; −1 for a row that is not sparse. */
  readonly counts: Pointer;
  /** `[rows]`, bytes: 1 for a row whose entries the caller has written. */
  readonly given: Pointer;
  /** The most non-zeros of a sparse row. */
  readonly capacity: number;
  /** Finds the non-zeros of `count` rows from row `first` on, but of those that are given. */
  gather(first: number, count: number): void;
}

/** Below this many inputs a row is not worth looking at. */
const FEWEST_INPUTS = 64;

/** The most non-zeros of a row that counts as sparse; 0 where there are too few inputs for it to pay. */
export function sparseCapacity(inputs: number): number {
  return inputs < FEWEST_INPUTS ? 0 : Math.floor(inputs / 8);
}

/** Reserves room for the non-zeros of a network's inputs. */
export function reserveSparseInput(
  { arena, kernels, rows }: { readonly arena: Arena; readonly kernels: Kernels; readonly rows: number },
  input: Signal,
): SparseInput {
  const capacity = sparseCapacity(input.size);
  const entries = arena.reserve(rows * capacity * 2);
  const counts = arena.reserve(rows);
  const given = arena.reserve(Math.ceil(rows / 4));
  return {
    entries,
    counts,
    given,
    capacity,
    gather(first, count) {
      const wrong = kernels.gatherNonZeros(
        valuesAt(input, first),
        entries + first * capacity * 8,
        counts + first * 4,
        given + first,
        count,
        input.size,
        capacity,
      );
      if (wrong >= 0) throw notAList(first + wrong, input.size, capacity);
    },
  };
}

/** Views of the lists, for callers. */
export function viewSparseInput(arena: Arena, { entries, counts, given, capacity }: SparseInput, rows: number): SparseRows {
  const numbers = rows * capacity * 2;
  return {
    capacity,
    given: arena.bytes(given, rows),
    counts: arena.integers(counts, rows),
    indices: arena.integers(entries, numbers),
    values: arena.floats(entries, numbers),
  };
}

function notAList(row: number, inputs: number, capacity: number): InvalidShapeError {
  return new InvalidShapeError({
    where: 'forward',
    got: `a list of the inputs of row ${row} that is none`,
    expected: `at most ${capacity} entries whose places ascend from 0 on, below ${inputs}`,
    remedy: 'Write it so, or set `given` of the row to 0 and write the row into `input`.',
  });
}
