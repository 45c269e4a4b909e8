import { describeValue, InvalidOptionsError, type Rng } from '@pg/core';
import { checkNumber } from './check-number.js';
import type { Initializer } from './initializer.js';

/**
 * Uniform in ±gain·√(6/(fanIn + fanOut)): keeps the variance forward and backward (Glorot and Bengio 2010).
 *
 * @throws InvalidOptionsError when the gain is no finite number
 */
export function xavierUniform(gain = 1): Initializer {
  checkNumber('xavierUniform', 'gain', gain);
  return ([fanIn, fanOut], rng) => uniform(fanIn * fanOut, gain * Math.sqrt(6 / (fanIn + fanOut)), rng);
}

/** Uniform in ±√(6/fanIn): keeps the variance forward through relu (He et al. 2015). */
export function heUniform(): Initializer {
  return ([fanIn, fanOut], rng) => uniform(fanIn * fanOut, Math.sqrt(6 / fanIn), rng);
}

/**
 * Uniform in ±1/√fanIn, as PyTorch starts the weights of its linear and convolutional layers. PyTorch takes the weight's fan-in for
 * the bias as well: pass it as `fanIn` there, since a bias has none of its own.
 *
 * @throws InvalidOptionsError when `fanIn` is not a positive whole number
 */
export function torchDefault(fanIn?: number): Initializer {
  if (fanIn !== undefined && !(Number.isSafeInteger(fanIn) && fanIn > 0)) {
    const got = `fanIn: ${describeValue(fanIn)}`;
    throw new InvalidOptionsError({
      where: 'torchDefault',
      got,
      expected: 'a positive whole number',
      remedy: 'Give the inputs of the weight beside the bias.',
    });
  }
  return ([rows, columns], rng) => uniform(rows * columns, 1 / Math.sqrt(fanIn ?? rows), rng);
}

function uniform(count: number, bound: number, rng: Rng): Float32Array {
  return Float32Array.from({ length: count }, () => rng.uniform(-bound, bound));
}
