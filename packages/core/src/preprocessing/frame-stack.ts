import type { Box } from '../spaces/box.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';

/**
 * The last `frames` images as channels, oldest first: [H, W, 1] → [H, W, frames]. At an episode's start the first image is
 * repeated.
 */
export function frameStack<const N extends number>(
  frames: N,
): <H extends number, W extends number>(space: Box<readonly [H, W, 1]>) => Stage<Box<readonly [H, W, N]>> {
  return (space) => {
    requireImage('frameStack', space, 1);
    requireWhole('frameStack', { name: 'frames', value: frames, from: 1, to: 1024 });
    const [height, width] = space.shape;
    return {
      name: `frameStack(${frames})`,
      space: boxLike(space, [height, width, frames] as const),
      create: () => stack(height * width, frames),
    };
  };
}

function stack(pixels: number, frames: number) {
  const history = new Float32Array(pixels * frames);
  return {
    apply(input: Float32Array, output: Float32Array, first: boolean): void {
      for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += frames) {
        const value = input[pixel]!;
        if (first) history.fill(value, at, at + frames);
        else history.copyWithin(at, at + 1, at + frames);
        history[at + frames - 1] = value;
      }
      output.set(history);
    },
  };
}
