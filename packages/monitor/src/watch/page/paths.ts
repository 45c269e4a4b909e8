import type { PlacedCurve } from './thin.js';

/** Where points lie, in pixels. */
export interface Place {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

/** The line through the means. */
export function linePath({ xs, mean }: PlacedCurve, place: Place): string {
  return `M${points(xs, mean, place).join('L')}`;
}

/** The area between the lowest and the highest values; nothing where all are one. */
export function bandPath({ xs, low, high }: PlacedCurve, place: Place): string {
  if (high.every((value, i) => value === low[i])) return '';
  return `M${[...points(xs, high, place), ...points(xs, low, place).reverse()].join('L')}Z`;
}

function points(xs: readonly number[], values: readonly number[], { x, y }: Place): string[] {
  return xs.map((at, i) => `${tenth(x(at))},${tenth(y(values[i]!))}`);
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
