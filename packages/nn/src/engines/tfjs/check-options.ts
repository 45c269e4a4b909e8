import { checkKeys, describeValue, InvalidOptionsError } from '@pg/core';
import { backendOrder } from './backend/backend-candidates.js';
import type { TfjsOptions } from './tfjs.js';

/** Refuses options and backends that do not exist. */
export function checkOptions(options: TfjsOptions): void {
  checkKeys('tfjs', options, ['backend']);
  const { backend } = options;
  if (backend === undefined || backendOrder.includes(backend)) return;
  throw new InvalidOptionsError({
    where: 'tfjs',
    got: `backend: ${describeValue(backend)}`,
    expected: `one of ${backendOrder.join(', ')}`,
    remedy: 'Name one of them, or none for the first that works.',
  });
}
