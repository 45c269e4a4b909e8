import { InvalidOptionsError } from '../errors/kinds.js';
import { requireText } from '../options/require-argument.js';
import { nearestBounds } from './box.js';
import type { Discrete } from './discrete.js';
import { requireSpace } from './require-space.js';
import type { Space } from './space.js';

/** Whole numbers up to this one are float32 numbers, as which observations are kept. */
const MOST_CHOICES = 2 ** 24;

/**
 * A space as that of observations: its bounds are the nearest float32 numbers, as the observations themselves are.
 *
 * @param where - the function that was given the space; begins the error message
 * @throws InvalidOptionsError for more choices than float32 tells apart
 */
export function observedSpace<TObs extends Space>(where: string, space: TObs): TObs {
  requireText('observedSpace', 'where', where);
  requireSpace(where, space);
  if (space.kind === 'discrete') requireExact(where, space);
  if (space.kind === 'discrete' || space['~nearest'] === undefined) return space;
  const { '~nearest': _, ...exact } = space;
  return { ...exact, ...nearestBounds(space) } as TObs;
}

function requireExact(where: string, { size }: Discrete): void {
  if (size <= MOST_CHOICES) return;
  throw new InvalidOptionsError({
    where,
    got: `observations of ${size} choices`,
    expected: `at most ${MOST_CHOICES} (2^24): they are kept as float32, which has no other whole numbers beyond`,
    remedy: 'Observe the digits of the choice, or numbers that describe it, as a box.',
  });
}
