import type { CurvePatch, CurvesPatch } from '../curve-history.js';

/** One metric over the run: a value for each stretch, NaN where it was not reported. */
export interface Curve {
  readonly mean: readonly number[];
  /** The lowest and the highest value of each stretch. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const nothing: Curve = { mean: [], low: [], high: [] };

/** All metrics of a run, as far as the page was told. */
export class Curves {
  /** The environment step at the end of each stretch. */
  steps: readonly number[] = [];
  readonly #curves = new Map<string, Curve>();

  /** The metrics in the order in which they appeared. */
  get names(): string[] {
    return [...this.#curves.keys()];
  }

  /** A metric's curve; an empty one before it appears. */
  get(name: string): Curve {
    return this.#curves.get(name) ?? nothing;
  }

  /** Replaces everything from the patch's first stretch on. */
  apply({ from, steps, curves }: CurvesPatch): void {
    this.steps = [...this.steps.slice(0, from), ...steps];
    for (const [name, patch] of Object.entries(curves)) this.#curves.set(name, replaced(this.get(name), patch, from));
  }
}

function replaced(known: Curve, { mean, low = mean, high = mean }: CurvePatch, from: number): Curve {
  const join = (before: readonly number[], added: readonly (number | null)[]) => [
    ...Array.from({ length: from }, (_, i) => before[i] ?? Number.NaN),
    ...added.map((value) => value ?? Number.NaN),
  ];
  return { mean: join(known.mean, mean), low: join(known.low, low), high: join(known.high, high) };
}
