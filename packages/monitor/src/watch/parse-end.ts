import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { requireRecord } from '../checks/require.js';

const schema = z.strictObject({ status: z._default(z.enum(['finished', 'stopped']), 'finished') });

/** Checks what a run is finished with. */
export function parseEnd(where: string, result: unknown, end: unknown) {
  const checked = requireRecord({ where, name: 'result', value: result, expected: 'an object with what came out of the run' });
  return { status: parseOptions(where, schema, end).status, result: checked };
}
