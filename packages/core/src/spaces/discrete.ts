import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';

/** The whole numbers 0 … size − 1. */
export interface Discrete<TSize extends number = number> {
  readonly kind: 'discrete';
  /** How many values there are. */
  readonly size: TSize;
}

/**
 * The space of the whole numbers 0 … size − 1.
 *
 * @throws InvalidOptionsError when `size` is not a positive whole number
 */
export function discrete<const TSize extends number>(size: TSize): Discrete<TSize> {
  if (!Number.isInteger(size) || size < 1) {
    throw new InvalidOptionsError({
      where: 'discrete',
      got: describeValue(size),
      expected: 'a positive whole number',
      remedy: 'Give the number of choices, for example discrete(2).',
    });
  }
  return { kind: 'discrete', size };
}
