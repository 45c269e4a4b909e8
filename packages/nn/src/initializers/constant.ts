import { checkFans } from './check-fans.js';
import { checkNumber } from './check-number.js';
import type { Initializer } from './initializer.js';

/**
 * Every element the same.
 *
 * @throws InvalidOptionsError when it is no finite number
 */
export function constant(value: number): Initializer {
  checkNumber('constant', 'value', value);
  return (shape, rng) => {
    checkFans('constant', shape, rng);
    return new Float32Array(shape[0] * shape[1]).fill(value);
  };
}

/** Every element 0. */
export function zeros(): Initializer {
  return constant(0);
}
