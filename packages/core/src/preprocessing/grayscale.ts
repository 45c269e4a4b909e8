import type { Box } from '../spaces/box.js';
import { boxLike, requireImage } from './image.js';
import type { Stage } from './stage.js';

/** Luminance of red, green, blue: 0.299·R + 0.587·G + 0.114·B (ITU-R BT.601), [H, W, 3] → [H, W, 1], not rounded. */
export function grayscale(): <H extends number, W extends number>(space: Box<readonly [H, W, 3]>) => Stage<Box<readonly [H, W, 1]>> {
  return (space) => {
    requireImage('grayscale', space, 3);
    const [height, width] = space.shape;
    return { name: 'grayscale', space: boxLike(space, [height, width, 1] as const), create: () => ({ apply: luminance }) };
  };
}

function luminance(input: Float32Array, output: Float32Array): void {
  for (let i = 0, j = 0; i < output.length; i++, j += 3) {
    output[i] = 0.299 * input[j]! + 0.587 * input[j + 1]! + 0.114 * input[j + 2]!;
  }
}
