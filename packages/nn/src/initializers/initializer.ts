import type { Rng } from '@pg/core';

/** Makes the starting values of a parameter: `[fanIn, fanOut]` for a weight, stored row-major; `[1, size]` for a vector. */
export type Initializer = (shape: readonly [fanIn: number, fanOut: number], rng: Rng) => Float32Array;
