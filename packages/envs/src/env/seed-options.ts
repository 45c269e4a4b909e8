import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';

const schema = z.strictObject({ seed: z.optional(z.int()) });

/**
 * The seed of options that have nothing else.
 *
 * @throws InvalidOptionsError when it is not a safe integer, or when there is another option
 */
export function parseSeed(where: string, options: unknown): number | undefined {
  return parseOptions(where, schema, options).seed;
}
