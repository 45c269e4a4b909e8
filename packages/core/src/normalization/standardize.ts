import { requireFinite, requireTypedArray } from '../options/require-argument.js';
import { moments } from './moments.js';

/**
 * Shifts and scales to mean 0 and standard deviation 1, in place: (x − mean)/(std + ε). The deviation is that of the population, which
 * divides by n; PyTorch's `std()` divides by n − 1.
 *
 * @param values - any number of values; all equal gives all zeros
 * @param epsilon - added to the standard deviation; 1e-8 by default
 * @returns `values`
 */
export function standardize(values: Float32Array, epsilon = 1e-8): Float32Array {
  requireTypedArray('standardize', 'values', values);
  requireFinite('standardize', 'epsilon', epsilon);
  const { mean, std } = moments(values);
  for (let i = 0; i < values.length; i++) values[i] = (values[i]! - mean) / (std + epsilon);
  return values;
}
