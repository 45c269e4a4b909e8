import { type Box, box, type Stage } from '@pg/core';

/** Of CartPole's four numbers the position in m and the angle in twentieths of a radian: how fast they change has to be remembered. */
export function hideVelocities(space: Box<readonly [4]>): Stage<Box<readonly [2]>> {
  const [position, , angle] = space.high;
  const high = [position!, 20 * angle!];
  return {
    name: 'hideVelocities',
    space: box({ shape: [2], low: high.map((bound) => -bound), high }),
    create: () => ({
      apply(input, output) {
        output[0] = input[0]!;
        output[1] = 20 * input[2]!;
      },
    }),
  };
}
