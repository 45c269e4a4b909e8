import type { Metrics } from '../metrics/metrics.js';

/** A part of all curves, which replaces everything from one stretch on. Nothing reported is null. */
export interface CurvesPatch {
  /** The stretch from which on this replaces what was known. */
  readonly from: number;
  /** The environment step at the end of each stretch. */
  readonly steps: readonly number[];
  readonly curves: Readonly<Record<string, CurvePatch>>;
}

/** One metric over the stretches of a patch. */
export interface CurvePatch {
  readonly mean: readonly (number | null)[];
  /** The lowest and the highest value of each stretch; left out while a stretch is one update. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
}

interface Curve {
  /** Values in the last stretch. */
  count: number;
  readonly mean: number[];
  readonly low: number[];
  readonly high: number[];
}

const MOST = 1024;

/**
 * All metrics of a run of any length in bounded memory: at most 1024 stretches of equally many updates, of each the mean, the lowest
 * and the highest value. When they are full, each two of them become one, so no peak is lost. Any number of rows gives the same
 * stretches, whenever it is looked at.
 */
export class CurveHistory {
  /** Updates a stretch. */
  #stride = 1;
  /** Updates in the last stretch. */
  #filled = 1;
  #changedFrom = 0;
  readonly #steps: number[] = [];
  readonly #curves = new Map<string, Curve>();

  /** Adds a row of metrics; `step` should grow. */
  add(step: number, metrics: Metrics): void {
    if (this.#steps.length === 0 || this.#filled === this.#stride) this.#begin();
    this.#filled++;
    const last = this.#steps.length - 1;
    this.#steps[last] = step;
    for (const [name, value] of Object.entries(metrics)) if (Number.isFinite(value)) include(this.#curve(name), last, value);
    this.#changedFrom = Math.min(this.#changedFrom, last);
  }

  /** Everything. */
  all(): CurvesPatch {
    return this.#patch(0);
  }

  /** What has changed since the last call; null when nothing has. */
  changes(): CurvesPatch | null {
    if (this.#changedFrom >= this.#steps.length) return null;
    const patch = this.#patch(this.#changedFrom);
    this.#changedFrom = this.#steps.length;
    return patch;
  }

  #begin(): void {
    if (this.#steps.length === MOST) this.#halve();
    this.#filled = 0;
    this.#steps.push(Number.NaN);
    for (const curve of this.#curves.values()) {
      curve.count = 0;
      for (const values of [curve.mean, curve.low, curve.high]) values.push(Number.NaN);
    }
  }

  #halve(): void {
    this.#stride *= 2;
    this.#changedFrom = 0;
    keepHalf(this.#steps, (_, second) => second);
    for (const { mean, low, high } of this.#curves.values()) {
      keepHalf(mean, (first, second) => (Number.isNaN(first) ? second : Number.isNaN(second) ? first : (first + second) / 2));
      keepHalf(low, (first, second) => lower(first, second));
      keepHalf(high, (first, second) => -lower(-first, -second));
    }
  }

  #curve(name: string): Curve {
    const known = this.#curves.get(name);
    if (known !== undefined) return known;
    const missing = () => new Array<number>(this.#steps.length).fill(Number.NaN);
    const curve = { count: 0, mean: missing(), low: missing(), high: missing() };
    this.#curves.set(name, curve);
    return curve;
  }

  #patch(from: number): CurvesPatch {
    const numbers = (values: readonly number[]) => values.slice(from).map((value) => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null));
    const patch = ({ mean, low, high }: Curve): CurvePatch => ({
      mean: numbers(mean),
      ...(this.#stride === 1 ? {} : { low: numbers(low), high: numbers(high) }),
    });
    return { from, steps: this.#steps.slice(from), curves: Object.fromEntries([...this.#curves].map(([name, curve]) => [name, patch(curve)])) };
  }
}

function include(curve: Curve, at: number, value: number): void {
  const { mean, low, high } = curve;
  curve.count++;
  mean[at] = curve.count === 1 ? value : mean[at]! + (value - mean[at]!) / curve.count;
  low[at] = lower(low[at]!, value);
  high[at] = -lower(-high[at]!, -value);
}

/** The lower of two numbers, or the one that is a number. */
function lower(first: number, second: number): number {
  if (Number.isNaN(first)) return second;
  return Number.isNaN(second) ? first : Math.min(first, second);
}

function keepHalf(values: number[], merge: (first: number, second: number) => number): void {
  for (let i = 0; i < values.length / 2; i++) values[i] = merge(values[2 * i]!, values[2 * i + 1]!);
  values.length /= 2;
}
