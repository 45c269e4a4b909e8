import type { Box } from '../spaces/box.js';
import type { Dtype } from '../spaces/space.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';

/**
 * Keeps `height` rows of an image from row `top` on: [H, W, C] → [height, W, C].
 *
 * @throws InvalidOptionsError when the rows do not lie inside the image
 */
export function crop<const TOptions extends { readonly top: number; readonly height: number }>(
  options: TOptions,
): <W extends number, C extends number, D extends Dtype>(space: Box<readonly [number, W, C], D>) => Stage<Box<readonly [TOptions['height'], W, C], D>> {
  const height: TOptions['height'] = options.height;
  return (space) => {
    requireImage('crop', space);
    const [rows, width, channels] = space.shape;
    requireWhole('crop', { name: 'top', value: options.top, from: 0, to: rows - 1 });
    requireWhole('crop', { name: 'height', value: height, from: 1, to: rows - options.top });
    const from = options.top * width * channels;
    const to = from + height * width * channels;
    return {
      name: `crop(${options.top}, ${height})`,
      space: boxLike(space, [height, width, channels] as const),
      create: () => ({ apply: (input, output) => output.set(input.subarray(from, to)) }),
    };
  };
}
