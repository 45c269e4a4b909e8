import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';
import { isPlainObject } from './plain-object.js';
import { requireArgument, requireText } from './require-argument.js';
import { suggest } from './suggest.js';

/**
 * Checks that options are a plain object, and that each of them is known: what `parseOptions` says of that, for functions that check the
 * values themselves and take no schema into a bundle.
 *
 * @param where - the function whose options these are; begins the error message
 * @param known - the names of all options
 * @throws InvalidOptionsError for what is no plain object, and for an unknown option, with "did you mean"
 */
export function checkKeys(where: string, options: unknown, known: readonly string[]): void {
  requireText('checkKeys', 'where', where);
  requireArgument(Array.isArray(known), 'checkKeys', { name: 'known', value: known, expected: 'a list of names' });
  if (!isPlainObject(options)) throw noOptions(where, options, known);
  const key = Object.keys(options).find((name) => !known.includes(name));
  if (key === undefined) return;
  const near = suggest(key, known);
  throw new InvalidOptionsError({
    where,
    got: `the unknown option "${key}"`,
    expected: `one of: ${known.join(', ')}`,
    remedy: near === undefined ? `Remove "${key}".` : `Did you mean "${near}"?`,
  });
}

/** What is said of something that is no options object. */
export function noOptions(where: string, options: unknown, known: readonly string[]): InvalidOptionsError {
  return new InvalidOptionsError({
    where,
    got: describeValue(options),
    expected: 'an options object',
    remedy: `Pass an object with some of: ${known.join(', ')}.`,
  });
}
