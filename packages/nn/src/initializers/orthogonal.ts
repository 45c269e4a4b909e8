import type { Rng } from '@pg/core';
import { checkFans } from './check-fans.js';
import { checkNumber } from './check-number.js';
import type { Initializer } from './initializer.js';

/**
 * A matrix with orthonormal columns (rows, when it is wider than tall) times a gain, drawn uniformly (Saxe et al. 2014).
 * Customary gains: √2 before relu and tanh, 0.01 for a policy's outputs, 1 for a value.
 *
 * @throws InvalidOptionsError when the gain is no finite number
 */
export function orthogonal(gain = 1): Initializer {
  checkNumber('orthogonal', 'gain', gain);
  return (shape, rng) => {
    checkFans('orthogonal', shape, rng);
    const [fanIn, fanOut] = shape;
    const count = Math.min(fanIn, fanOut);
    const basis = orthonormalVectors(count, Math.max(fanIn, fanOut), rng);
    const out = new Float32Array(fanIn * fanOut);
    for (let i = 0; i < fanIn; i++) {
      for (let j = 0; j < fanOut; j++) out[i * fanOut + j] = gain * (fanIn >= fanOut ? basis[j]![i]! : basis[i]![j]!);
    }
    return out;
  };
}

/** `count` orthonormal vectors of a length, by Gram–Schmidt on normal ones, each projected out twice for accuracy. */
function orthonormalVectors(count: number, length: number, rng: Rng): Float64Array[] {
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => rng.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors) addScaled(vector, other, -dot(vector, other));
    }
    const norm = Math.sqrt(dot(vector, vector));
    if (norm > 1e-6) vectors.push(vector.map((x) => x / norm));
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i]! += scale * source[i]!;
}
