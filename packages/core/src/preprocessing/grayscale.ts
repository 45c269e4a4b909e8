import type { Box } from '../spaces/box.js';
import type { Dtype, DtypeArray } from '../spaces/space.js';
import { boxLike, requireImage } from './image.js';
import type { Stage } from './stage.js';

/** Luminance of red, green, blue: 0.299·R + 0.587·G + 0.114·B (ITU-R BT.601), [H, W, 3] → [H, W, 1]; rounded for bytes only. */
export function grayscale(): <H extends number, W extends number, D extends Dtype>(space: Box<readonly [H, W, 3], D>) => Stage<Box<readonly [H, W, 1], D>> {
  return (space) => {
    requireImage('grayscale', space, 3);
    const [height, width] = space.shape;
    return {
      name: 'grayscale',
      space: boxLike(space, [height, width, 1] as const),
      create: () => ({ apply: (input, output) => luminance(input, output, space.dtype === 'uint8' ? 0.5 : 0) }),
    };
  };
}

/** `rounding` is 0.5 where the output cuts fractions off. */
function luminance(input: DtypeArray, output: DtypeArray, rounding: number): void {
  for (let i = 0, j = 0; i < output.length; i++, j += 3) {
    output[i] = 0.299 * input[j]! + 0.587 * input[j + 1]! + 0.114 * input[j + 2]! + rounding;
  }
}
