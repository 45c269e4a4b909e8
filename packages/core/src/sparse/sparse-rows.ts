import { requireArgument, requireIndex, requireTypedArray } from '../options/require-argument.js';
/**
 * Rows of numbers of which few are other than zero, as lists of those. Environments that know what they change write lists in place of
 * whole observations, and networks read them where they lie, so that nobody clears and searches thousands of zeros.
 */
export interface SparseRows {
  /** The most entries of a list. */
  readonly capacity: number;
  /** `[rows]`: 1 where a row is given as a list, 0 where it is written in full elsewhere. */
  readonly given: Uint8Array;
  /** `[rows]`: how many entries a row's list has. */
  readonly counts: Int32Array;
  /** `[rows, capacity, 2]`: the first of each pair is an entry's place in its row; places ascend. */
  readonly indices: Int32Array;
  /** `[rows, capacity, 2]`, the same memory: the second of each pair is its value. */
  readonly values: Float32Array;
}

/** Views of `count` rows from row `first` on. */
export function viewSparseRows(rows: SparseRows, first: number, count: number): SparseRows {
  const { capacity, given, counts, indices, values } = requireRows('viewSparseRows', rows);
  requireIndex('viewSparseRows', { name: 'first', value: first, to: given.length });
  requireIndex('viewSparseRows', { name: 'count', value: count, to: given.length - first });
  const end = first + count;
  const [from, to] = [2 * first * capacity, 2 * end * capacity];
  return {
    capacity,
    given: given.subarray(first, end),
    counts: counts.subarray(first, end),
    indices: indices.subarray(from, to),
    values: values.subarray(from, to),
  };
}

/** Copies the lists of `count` rows from row `from` on to the rows from `to` on, in place. */
export function moveSparseRows(rows: SparseRows, places: { from: number; to: number; count: number }): void {
  const { capacity, given, counts, indices } = requireRows('moveSparseRows', rows);
  const { from, to, count } = places ?? {};
  for (const [name, value] of [
    ['from', from],
    ['to', to],
    ['count', count],
  ] as const)
    requireIndex('moveSparseRows', { name, value, to: given.length });
  given.copyWithin(to, from, from + count);
  counts.copyWithin(to, from, from + count);
  for (let i = 0; i < count; i++) {
    const start = 2 * (from + i) * capacity;
    if (given[from + i]) indices.copyWithin(2 * (to + i) * capacity, start, start + 2 * counts[from + i]!);
  }
}

/** Writes a row that is given as a list in full. */
export function writeSparseRow(rows: SparseRows, row: number, out: Float32Array): void {
  const { capacity, counts, indices, values } = requireRows('writeSparseRow', rows);
  requireIndex('writeSparseRow', { name: 'row', value: row, to: counts.length - 1 });
  requireTypedArray('writeSparseRow', 'out', out);
  out.fill(0);
  const start = 2 * row * capacity;
  for (let at = start; at < start + 2 * counts[row]!; at += 2) out[indices[at]!] = values[at + 1]!;
}

function requireRows(where: string, rows: SparseRows): SparseRows {
  if (ArrayBuffer.isView(rows?.given) && ArrayBuffer.isView(rows.counts) && ArrayBuffer.isView(rows.indices) && ArrayBuffer.isView(rows.values)) return rows;
  requireArgument(false, where, { name: 'rows', value: rows, expected: '{ capacity, given, counts, indices, values }' });
  return rows;
}
