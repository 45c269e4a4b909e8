import { InvalidOptionsError } from '../errors/kinds.js';
import { type Box, box } from '../spaces/box.js';
import type { Discrete } from '../spaces/discrete.js';
import { requireSpace } from '../spaces/require-space.js';
import { describeSpace } from '../spaces/space.js';
import type { Stage } from './stage.js';

/**
 * A choice as a vector with a 1 at its place and 0 elsewhere: Discrete<N> → Box<[N]>, what a network can read.
 *
 * @throws InvalidOptionsError when observations are no choices, or more than 2^26 of them
 */
export function oneHot(): <N extends number>(space: Discrete<N>) => Stage<Box<readonly [N]>> {
  return (space) => {
    requireSpace('oneHot', space);
    if (space.kind !== 'discrete') {
      throw new InvalidOptionsError({
        where: 'oneHot',
        got: `observations of ${describeSpace(space)}`,
        expected: 'Discrete observations',
        remedy: 'Remove this stage: only choices need it.',
      });
    }
    const { size } = space;
    return {
      name: 'oneHot',
      space: box({ shape: [size], low: 0, high: 1 }),
      create: () => ({
        apply(input, output) {
          output.fill(0);
          output[input[0]!] = 1;
        },
      }),
    };
  };
}
