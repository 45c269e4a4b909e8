import type { Curve } from './curves.js';

/** The stretches of a curve that have a value, and their steps. */
export interface SteppedCurve extends Curve {
  readonly steps: readonly number[];
}

/** At most so many stretches, each with a value: neighbours become one, with their mean, their lowest and their highest value. */
export function thin(steps: readonly number[], { mean, low, high }: Curve, most: number): SteppedCurve {
  const there = steps.map((_, i) => i).filter((i) => Number.isFinite(mean[i]));
  const size = Math.max(1, Math.ceil(there.length / Math.max(1, most)));
  const groups = Array.from({ length: Math.ceil(there.length / size) }, (_, i) => there.slice(i * size, (i + 1) * size));
  return {
    steps: groups.map((group) => steps[group.at(-1)!]!),
    mean: groups.map((group) => group.reduce((sum, i) => sum + mean[i]!, 0) / group.length),
    low: groups.map((group) => Math.min(...group.map((i) => low[i]!))),
    high: groups.map((group) => Math.max(...group.map((i) => high[i]!))),
  };
}

/** The index of the step nearest to another; steps grow. */
export function nearest(steps: readonly number[], step: number): number {
  let [low, high] = [0, steps.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle;
    else high = middle;
  }
  return step - steps[low]! <= steps[high]! - step ? low : high;
}
