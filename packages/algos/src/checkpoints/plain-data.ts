import * as z from 'zod/mini';
import { arrayKinds } from './array-kinds.js';

/** A big integer has at most so many digits, its sign included: to read them takes time that grows with their square. */
export const MOST_DIGITS = 1000;

/**
 * Plain data as JSON: what JSON has a form for stands as it is, all else as an object with the key `$` that says what it is.
 * Numbers of typed arrays lie elsewhere, under a name.
 */
export const tagged = z.discriminatedUnion('$', [
  z.strictObject({ $: z.enum(['NaN', 'Infinity', '-Infinity', '-0', 'undefined', 'hole']) }),
  z.strictObject({ $: z.literal('bigint'), digits: z.string().check(z.maxLength(MOST_DIGITS), z.regex(/^-?\d+$/)) }),
  z.strictObject({ $: z.enum(arrayKinds), tensor: z.string() }),
  // an object that has a key $ itself, and one without a prototype
  z.strictObject({ $: z.enum(['object', 'dictionary']), entries: z.array(z.tuple([z.string(), z.unknown()])) }),
]);

/** What stands for a value that JSON has no form for. */
export type Tagged = z.infer<typeof tagged>;

/** Lists and objects within each other go no deeper: neither the file's reader nor ours runs out of stack. */
export const DEEPEST = 400;

/** A place in data, as `copies.0.state`. */
export function showPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}
