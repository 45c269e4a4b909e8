import type { Curve } from './curves.js';

/** The stretches of a curve that have a value, and where they lie on the horizontal axis. */
export interface PlacedCurve extends Curve {
  readonly xs: readonly number[];
}

/** At most so many stretches, each with a value: neighbours become one, with their mean, their lowest and their highest value. */
export function thin(xs: readonly number[], { mean, low, high }: Curve, most: number): PlacedCurve {
  const there = xs.map((_, i) => i).filter((i) => Number.isFinite(mean[i]) && Number.isFinite(xs[i]));
  const size = Math.max(1, Math.ceil(there.length / Math.max(1, most)));
  const groups = Array.from({ length: Math.ceil(there.length / size) }, (_, i) => there.slice(i * size, (i + 1) * size));
  return {
    xs: groups.map((group) => xs[group.at(-1)!]!),
    mean: groups.map((group) => group.reduce((sum, i) => sum + mean[i]!, 0) / group.length),
    low: groups.map((group) => Math.min(...group.map((i) => low[i]!))),
    high: groups.map((group) => Math.max(...group.map((i) => high[i]!))),
  };
}

/** The index of the place nearest to another; places grow. */
export function nearest(xs: readonly number[], x: number): number {
  let [low, high] = [0, xs.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (xs[middle]! < x) low = middle;
    else high = middle;
  }
  return x - xs[low]! <= xs[high]! - x ? low : high;
}
