import { checkKeys } from '@pg/core';
import { checkRange } from '../options/check-range.js';

/** The settings of stochastic gradient descent. */
export interface Sgd {
  readonly kind: 'sgd';
  /** Share of the last step that is kept; 0 for plain descent. */
  readonly momentum: number;
}

/**
 * Stochastic gradient descent as PyTorch means it: v = momentum·v + g, p −= rate·v.
 *
 * @param options - `momentum` 0 by default
 * @throws InvalidOptionsError when the momentum is outside [0, 1) or a setting is unknown
 */
export function sgd(options: Partial<Omit<Sgd, 'kind'>> = {}): Sgd {
  checkKeys('sgd', options, ['momentum']);
  const { momentum = 0 } = options;
  checkRange('sgd', 'momentum', momentum, 0, 1);
  return { kind: 'sgd', momentum };
}
