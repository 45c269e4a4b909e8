import { describeValue, InvalidOptionsError } from '@pg/core';
import { checkFans } from './check-fans.js';
import { checkNumber } from './check-number.js';
import type { Initializer } from './initializer.js';

/**
 * Uniform in ±gain·√(6/(fanIn + fanOut)): keeps the variance forward and backward (Glorot and Bengio 2010).
 *
 * @throws InvalidOptionsError when the gain is no finite number
 */
export function xavierUniform(gain = 1): Initializer {
  checkNumber('xavierUniform', 'gain', gain);
  return uniform('xavierUniform', (fanIn, fanOut) => gain * Math.sqrt(6 / (fanIn + fanOut)));
}

/** Uniform in ±√(6/fanIn): keeps the variance forward through relu (He et al. 2015). */
export function heUniform(): Initializer {
  return uniform('heUniform', (fanIn) => Math.sqrt(6 / fanIn));
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
  return uniform('torchDefault', (rows) => 1 / Math.sqrt(fanIn ?? rows));
}

/** Uniform in ± what `boundOf` gives for the fans. */
function uniform(where: string, boundOf: (fanIn: number, fanOut: number) => number): Initializer {
  return (shape, rng) => {
    checkFans(where, shape, rng);
    const [fanIn, fanOut] = shape;
    const bound = boundOf(fanIn, fanOut);
    return Float32Array.from({ length: fanIn * fanOut }, () => rng.uniform(-bound, bound));
  };
}
