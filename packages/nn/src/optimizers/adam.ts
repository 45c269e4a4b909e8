import { checkKeys } from '@pg/core';
import { checkRange } from '../options/check-range.js';

/** Adam's settings. */
export interface Adam {
  readonly kind: 'adam';
  /** Decay of the running mean of gradients. */
  readonly beta1: number;
  /** Decay of the running mean of squared gradients. */
  readonly beta2: number;
  /** Added to the root of the second moment, outside the root. */
  readonly epsilon: number;
}

/**
 * Adam (Kingma and Ba 2015) as PyTorch means it: bias correction of both moments, ε outside the root.
 *
 * @param options - `beta1` 0.9, `beta2` 0.999, `epsilon` 1e-8 by default
 * @throws InvalidOptionsError when a setting is unknown or out of range
 */
export function adam(options: Partial<Omit<Adam, 'kind'>> = {}): Adam {
  checkKeys('adam', options, ['beta1', 'beta2', 'epsilon']);
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  checkRange('adam', 'beta1', beta1, 0, 1);
  checkRange('adam', 'beta2', beta2, 0, 1);
  checkRange('adam', 'epsilon', epsilon, 0, Number.POSITIVE_INFINITY);
  return { kind: 'adam', beta1, beta2, epsilon };
}
