import type { Box } from '../spaces/box.js';
import type { Dtype, Shape } from '../spaces/space.js';
import { requireBox } from './require-box.js';
import type { Stage } from './stage.js';

/** How many numbers a shape holds, for the compiler: a number of its own for a single axis, `number` for several. */
export type FlatSize<TShape extends Shape> = TShape extends readonly [infer N extends number] ? N : number;

/**
 * Observations of any shape as one row of numbers: [H, W, C] → [H·W·C], in the order in which they are stored.
 *
 * @throws InvalidOptionsError when observations are choices: `oneHot()` makes numbers of those
 */
export function flatten(): <S extends Shape, D extends Dtype>(space: Box<S, D>) => Stage<Box<readonly [FlatSize<S>], D>> {
  return <S extends Shape, D extends Dtype>(space: Box<S, D>): Stage<Box<readonly [FlatSize<S>], D>> => {
    requireBox('flatten', space);
    return {
      name: 'flatten',
      space: { ...space, shape: [space.low.length] as unknown as readonly [FlatSize<S>] },
      create: () => ({ apply: (input, output) => output.set(input) }),
    };
  };
}
