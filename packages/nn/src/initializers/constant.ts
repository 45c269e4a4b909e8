import type { Initializer } from './initializer.js';

/** Every element the same. */
export function constant(value: number): Initializer {
  return ([fanIn, fanOut]) => new Float32Array(fanIn * fanOut).fill(value);
}

/** Every element 0. */
export function zeros(): Initializer {
  return constant(0);
}
