import { checkFans } from './check-fans.js';
import type { Initializer } from './initializer.js';

/** Normal with mean 0 and standard deviation 1/√fanIn ("randn over the square root of the fan-in"). */
export function scaledNormal(): Initializer {
  return (shape, rng) => {
    checkFans('scaledNormal', shape, rng);
    const [fanIn, fanOut] = shape;
    const scale = 1 / Math.sqrt(fanIn);
    return Float32Array.from({ length: fanIn * fanOut }, () => rng.normal() * scale);
  };
}
