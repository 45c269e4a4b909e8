import type { Box } from '../spaces/box.js';
import { createElements, type Dtype, type DtypeArray, type Space } from '../spaces/space.js';
import { boxLike, requireImage, requireWhole } from './image.js';
import type { Stage } from './stage.js';

/**
 * The last `frames` images as channels, oldest first: [H, W, 1] → [H, W, frames]. At an episode's start the first image is
 * repeated.
 */
export function frameStack<const N extends number>(
  frames: N,
): <H extends number, W extends number, D extends Dtype>(space: Box<readonly [H, W, 1], D>) => Stage<Box<readonly [H, W, N], D>> {
  return (space) => {
    requireImage('frameStack', space, 1);
    requireWhole('frameStack', { name: 'frames', value: frames, from: 1, to: 1024 });
    const [height, width] = space.shape;
    const stacked = boxLike(space, [height, width, frames] as const);
    return { name: `frameStack(${frames})`, space: stacked, create: () => stack(stacked, height * width, frames) };
  };
}

function stack(stacked: Space, pixels: number, frames: number) {
  const history = createElements(stacked);
  return {
    apply(input: DtypeArray, output: DtypeArray, first: boolean): void {
      for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += frames) {
        const value = input[pixel]!;
        const newest = at + frames - 1;
        for (let i = at; i < newest; i++) history[i] = first ? value : history[i + 1]!;
        history[newest] = value;
      }
      output.set(history);
    },
    snapshot: () => history.slice(),
    restore: (snapshot: unknown) => history.set(snapshot as DtypeArray),
  };
}
