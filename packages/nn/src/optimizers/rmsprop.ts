import { checkKeys } from '@pg/core';
import { checkRange } from '../options/check-range.js';

/** RMSProp's settings. */
export interface RmsProp {
  readonly kind: 'rmsprop';
  /** Decay α of the running mean of squared gradients. */
  readonly alpha: number;
  /** Added to the root of that mean, outside the root. */
  readonly epsilon: number;
}

/**
 * RMSProp (Tieleman and Hinton 2012) as PyTorch means it: v = αv + (1 − α)g², p −= rate·g/(√v + ε).
 *
 * @param options - `alpha` 0.99, `epsilon` 1e-8 by default
 * @throws InvalidOptionsError when a setting is unknown or out of range
 */
export function rmsprop(options: Partial<Omit<RmsProp, 'kind'>> = {}): RmsProp {
  checkKeys('rmsprop', options, ['alpha', 'epsilon']);
  const { alpha = 0.99, epsilon = 1e-8 } = options;
  checkRange('rmsprop', 'alpha', alpha, 0, 1);
  checkRange('rmsprop', 'epsilon', epsilon, 0, Number.POSITIVE_INFINITY);
  return { kind: 'rmsprop', alpha, epsilon };
}
