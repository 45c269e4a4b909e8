import type { SteppedCurve } from './thin.js';

/** Where steps and values lie, in pixels. */
export interface Place {
  readonly x: (step: number) => number;
  readonly y: (value: number) => number;
}

/** The line through the means. */
export function linePath({ steps, mean }: SteppedCurve, place: Place): string {
  return `M${points(steps, mean, place).join('L')}`;
}

/** The area between the lowest and the highest values; nothing where all are one. */
export function bandPath({ steps, low, high }: SteppedCurve, place: Place): string {
  if (high.every((value, i) => value === low[i])) return '';
  return `M${[...points(steps, high, place), ...points(steps, low, place).reverse()].join('L')}Z`;
}

function points(steps: readonly number[], values: readonly number[], { x, y }: Place): string[] {
  return steps.map((step, i) => `${tenth(x(step))},${tenth(y(values[i]!))}`);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
