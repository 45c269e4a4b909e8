import { requireArgument } from '../options/require-argument.js';

/** Arrays of normalised observations, and memories that never hold others. */
const normalized = new WeakSet<object>();

/**
 * Notes that an array holds observations that its environment has normalised, so that a policy that normalises them itself can refuse
 * them. Copies of the array are not known.
 *
 * @param memory - an array, or the buffer of arrays that are never used for anything else
 */
export function markNormalized(memory: object): void {
  const fits = (typeof memory === 'object' && memory !== null) || typeof memory === 'function';
  requireArgument(fits, 'markNormalized', { name: 'memory', value: memory, expected: 'an array or its buffer' });
  normalized.add(memory);
}

/** Notes that other observations have been written to an array. */
export function unmarkNormalized(array: object): void {
  if (normalized.has(array)) normalized.delete(array);
}

/** Whether observations are known to be normalised. */
export function isNormalized(obs: unknown): boolean {
  if (typeof obs !== 'object' || obs === null) return false;
  return normalized.has(obs) || (ArrayBuffer.isView(obs) && normalized.has(obs.buffer));
}
