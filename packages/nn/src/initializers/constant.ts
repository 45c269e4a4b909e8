import { checkNumber } from './check-number.js';
import type { Initializer } from './initializer.js';

/**
 * Every element the same.
 *
 * @throws InvalidOptionsError when it is no finite number
 */
export function constant(value: number): Initializer {
  checkNumber('constant', 'value', value);
  return ([fanIn, fanOut]) => new Float32Array(fanIn * fanOut).fill(value);
}

/** Every element 0. */
export function zeros(): Initializer {
  return constant(0);
}
