import { describeValue } from '../errors/describe.js';
import { InvalidOptionsError } from '../errors/kinds.js';

/** The most choices: many actions together are kept as 32-bit integers. */
const MOST_CHOICES = 2 ** 31;

/** The whole numbers 0 … size − 1. */
export interface Discrete<TSize extends number = number> {
  readonly kind: 'discrete';
  /** How many values there are. */
  readonly size: TSize;
}

/**
 * The space of the whole numbers 0 … size − 1.
 *
 * @throws InvalidOptionsError when `size` is not a whole number from 1 to 2^31
 */
export function discrete<const TSize extends number>(size: TSize): Discrete<TSize> {
  if (!Number.isInteger(size) || size < 1 || size > MOST_CHOICES) {
    throw new InvalidOptionsError({
      where: 'discrete',
      got: describeValue(size),
      expected: Number.isFinite(size) && size > MOST_CHOICES ? 'at most 2^31 choices' : 'a positive whole number',
      remedy: 'Give the number of choices, for example discrete(2).',
    });
  }
  return { kind: 'discrete', size };
}
