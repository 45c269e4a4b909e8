import { InvalidOptionsError } from '../errors/kinds.js';
import { requireSpace } from '../spaces/require-space.js';
import { describeSpace, type Space } from '../spaces/space.js';

/** Refuses choices, of which a stage can make nothing; for JavaScript callers, whom the types do not stop. */
export function requireBox(where: string, space: Space): void {
  requireSpace(where, space);
  if (space.kind === 'box') return;
  throw new InvalidOptionsError({
    where,
    got: `observations of ${describeSpace(space)}`,
    expected: 'Box observations',
    remedy: 'Use oneHot(): it makes a row of numbers of a choice.',
  });
}
