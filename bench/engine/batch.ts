import { Rng } from '@pg/core';

/** Weight of the entropy in the loss of every update. */
export const ENTROPY_COEF = 0.1;
/** Weight of ½(V − return)² in the loss of every update that has a value head. */
export const VALUE_COEF = 0.5;
/** Adam's step size in every update. */
export const LEARNING_RATE = 1e-3;

/** What an update learns from. */
export interface Batch {
  readonly rows: number;
  /** How many actions there are to choose from. */
  readonly classes: number;
  /** [rows, inputs] */
  readonly inputs: Float32Array;
  /** `[rows]` */
  readonly actions: Int32Array;
  /** `[rows]` */
  readonly advantages: Float32Array;
  /** `[rows]` */
  readonly returns: Float32Array;
}

/** The sizes of a batch. */
export interface BatchSize {
  readonly rows: number;
  readonly inputs: number;
  readonly classes: number;
  /** Numbers other than 0 in a row; all of them unless given. */
  readonly nonZeros?: number;
}

/**
 * A seeded batch: standard normal inputs and returns, actions drawn evenly. The same batch is learned from thousands of times, so
 * the loss must have a minimum to stay at: advantages are positive, and the entropy keeps the policy from certainty. Without,
 * probabilities would fall below the least normal float32, where arithmetic is many times slower for both sides.
 */
export function randomBatch({ rows, inputs, classes, nonZeros = inputs }: BatchSize): Batch {
  const rng = Rng.fromSeed(1).stream('batch');
  const batch = {
    rows,
    classes,
    inputs: new Float32Array(rows * inputs),
    actions: Int32Array.from({ length: rows }, () => rng.integer(classes)),
    advantages: normals(rng, rows).map(Math.abs),
    returns: normals(rng, rows),
  };
  for (let row = 0; row < rows; row++) {
    for (const place of places(rng, inputs, nonZeros)) batch.inputs[row * inputs + place] = rng.normal();
  }
  return batch;
}

/** Seeded standard normal numbers. */
export function normals(rng: Rng, count: number): Float32Array {
  return Float32Array.from({ length: count }, () => rng.normal());
}

/** `count` different places of `all`. */
function places(rng: Rng, all: number, count: number): Iterable<number> {
  if (count === all) return Array.from({ length: all }, (_, i) => i);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(rng.integer(all));
  return chosen;
}
