import { describeValue, InvalidOptionsError } from '@pg/core';
import type { Optimizer } from '../optimizers/optimizer.js';

const kinds: readonly Optimizer['kind'][] = ['adam', 'rmsprop', 'sgd'];

/**
 * Refuses to compile for learning without a way to learn; for JavaScript callers.
 *
 * @throws InvalidOptionsError for what is no optimiser
 */
export function checkOptimizer(where: string, optimizer: Optimizer): void {
  if (kinds.includes(optimizer?.kind)) return;
  throw new InvalidOptionsError({
    where,
    got: `optimizer: ${describeValue(optimizer)}`,
    expected: 'adam(), rmsprop() or sgd()',
    remedy: 'Give what one of them returns, or compile() a network that does not learn.',
  });
}
