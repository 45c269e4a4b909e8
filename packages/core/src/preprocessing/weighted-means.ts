import type { DtypeArray } from '../spaces/space.js';

/** For each output along an axis, the neighbouring inputs that it is a weighted mean of. */
export interface Taps {
  /** Inputs along the axis. */
  readonly from: number;
  /** Outputs along the axis. */
  readonly to: number;
  /** `[to]`: the first input of each output. */
  readonly starts: Int32Array;
  /** `[to]`: how many inputs. */
  readonly counts: Int32Array;
  /** The weights of all outputs, one after the other. */
  readonly weights: Float64Array;
  /** What the weights of an output add up to. */
  readonly total: number;
}

/** Taps from a function that gives the first input and the weights of each output. */
export function tapsOf(from: number, to: number, total: number, of: (target: number) => { start: number; weights: readonly number[] }): Taps {
  const all = Array.from({ length: to }, (_, target) => of(target));
  const starts = Int32Array.from(all, ({ start }) => start);
  const counts = Int32Array.from(all, ({ weights }) => weights.length);
  return { from, to, starts, counts, weights: Float64Array.from(all.flatMap(({ weights }) => weights)), total };
}

/** Numbers to read from or write to. */
type Values = DtypeArray | Float64Array;

/** Which numbers the axis runs along, and what is added to the means: 0.5 where the output cuts fractions off. */
interface AxisOptions {
  readonly taps: Taps;
  readonly outer: number;
  readonly inner: number;
  readonly rounding: number;
}

/** An axis with the memory that work along it needs. */
export interface Axis extends AxisOptions {
  readonly sums: Float64Array;
}

/** An axis to work along. */
export function axisOf(options: AxisOptions): Axis {
  return { ...options, sums: new Float64Array(options.inner) };
}

/** [outer, from, inner] → [outer, to, inner]: weighted means along the middle axis, summed from the first input to the last. Hot. */
export function weightedMeans(input: Values, output: Values, axis: Axis): void {
  if (axis.inner === 1) meansOfNeighbours(input, output, axis);
  else meansOfRows(input, output, axis);
}

/** Inputs that lie side by side. */
function meansOfNeighbours(input: Values, output: Values, { taps, outer, rounding }: Axis): void {
  const { from, to, starts, counts, weights, total } = taps;
  for (let block = 0, at = 0; block < outer; block++) {
    for (let target = 0, tap = 0; target < to; target++, at++) {
      const count = counts[target]!;
      const source = block * from + starts[target]!;
      let sum = weights[tap]! * input[source]!;
      for (let i = 1; i < count; i++) sum += weights[tap + i]! * input[source + i]!;
      output[at] = sum / total + rounding;
      tap += count;
    }
  }
}

/** Inputs that lie `inner` apart: whole rows are added up. */
function meansOfRows(input: Values, output: Values, { taps, outer, inner, rounding, sums }: Axis): void {
  const { from, to, starts, counts, weights, total } = taps;
  for (let block = 0, at = 0; block < outer; block++) {
    for (let target = 0, tap = 0; target < to; target++, at += inner) {
      sums.fill(0);
      const end = tap + counts[target]!;
      for (let source = (block * from + starts[target]!) * inner; tap < end; tap++, source += inner) {
        const weight = weights[tap]!;
        for (let k = 0; k < inner; k++) sums[k]! += weight * input[source + k]!;
      }
      for (let k = 0; k < inner; k++) output[at + k] = sums[k]! / total + rounding;
    }
  }
}
