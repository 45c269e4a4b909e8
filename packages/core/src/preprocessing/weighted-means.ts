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
  /** `[to]`: where in `weights` the weights of each output begin. */
  readonly offsets: Int32Array;
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
  const offsets = new Int32Array(to);
  for (let target = 1; target < to; target++) offsets[target] = offsets[target - 1]! + counts[target - 1]!;
  return { from, to, starts, counts, offsets, weights: Float64Array.from(all.flatMap(({ weights }) => weights)), total };
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

/** What is computed along an axis: outputs [from, to) for the outer indices [outerFrom, outerTo) and inner ones [innerFrom, innerTo). */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly outerFrom: number;
  readonly outerTo: number;
  readonly innerFrom: number;
  readonly innerTo: number;
}

/** All of an axis. */
export function wholeOf({ taps, outer, inner }: Axis): Part {
  return { from: 0, to: taps.to, outerFrom: 0, outerTo: outer, innerFrom: 0, innerTo: inner };
}

/** [outer, from, inner] → [outer, to, inner]: weighted means along the middle axis, summed from the first input to the last. Hot. */
export function weightedMeans(input: Values, output: Values, { axis, part }: { readonly axis: Axis; readonly part: Part }): void {
  if (axis.inner === 1) meansOfNeighbours(input, output, { axis, part });
  else meansOfRows(input, output, { axis, part });
}

/** Inputs that lie side by side. */
function meansOfNeighbours(input: Values, output: Values, { axis, part }: { readonly axis: Axis; readonly part: Part }): void {
  const { taps, rounding } = axis;
  const { starts, counts, offsets, weights, total } = taps;
  for (let block = part.outerFrom; block < part.outerTo; block++) {
    for (let target = part.from; target < part.to; target++) {
      const count = counts[target]!;
      const tap = offsets[target]!;
      const source = block * taps.from + starts[target]!;
      let sum = weights[tap]! * input[source]!;
      for (let i = 1; i < count; i++) sum += weights[tap + i]! * input[source + i]!;
      output[block * taps.to + target] = sum / total + rounding;
    }
  }
}

/** Inputs that lie `inner` apart: whole rows are added up. */
function meansOfRows(input: Values, output: Values, { axis, part }: { readonly axis: Axis; readonly part: Part }): void {
  const { taps, inner, rounding, sums } = axis;
  const { starts, counts, offsets, weights, total } = taps;
  const { innerFrom, innerTo } = part;
  for (let block = part.outerFrom; block < part.outerTo; block++) {
    for (let target = part.from; target < part.to; target++) {
      const at = (block * taps.to + target) * inner;
      const count = counts[target]!;
      const tap = offsets[target]!;
      sums.fill(0, innerFrom, innerTo);
      for (let i = 0; i < count; i++) {
        const source = (block * taps.from + starts[target]! + i) * inner;
        const weight = weights[tap + i]!;
        for (let k = innerFrom; k < innerTo; k++) sums[k]! += weight * input[source + k]!;
      }
      for (let k = innerFrom; k < innerTo; k++) output[at + k] = sums[k]! / total + rounding;
    }
  }
}
