import { type Box, describeSpace, frameDifference, InvalidOptionsError, type Shape, type Space, type Stage, sequence } from '@pg/core';
import { HEIGHT, WIDTH } from '../geometry.js';
import { type Mask, maskStage } from './mask.js';

/** A difference of masks: which mask, and how many observations lie between the two. */
export interface MaskDifference {
  readonly mask: Mask;
  readonly lag: number;
}

/** Pong's picture in colours. */
export type PongPicture = Box<readonly [210, 160, 3], 'uint8'>;

const known = new WeakMap<Stage<Space>, MaskDifference>();

/** The difference of masks that a stage computes, if it is one of {@link differenceStage}. */
export function differenceOf(stage: Stage): MaskDifference | undefined {
  return known.get(stage);
}

/** A stage that subtracts the mask of an earlier picture from the newest one's: [210, 160, 3] → [rows · columns]. */
export function differenceStage<N extends number>(name: string, difference: MaskDifference): Stage<Box<readonly [N]>> {
  const masked = maskStage<N>(difference.mask);
  const stage = sequence(name, [masked, frameDifference({ lag: difference.lag })(masked.space)]);
  known.set(stage, difference);
  return stage;
}

/** Refuses observations that are not Pong's picture, [210, 160, channels] in bytes; for JavaScript callers, whom the types do not stop. */
export function requirePicture(where: string, space: Space, channels: readonly number[]): void {
  const [height, width, depth]: Shape = space.kind === 'box' ? space.shape : [];
  if (height === HEIGHT && width === WIDTH && channels.includes(depth!)) return;
  throw new InvalidOptionsError({
    where,
    got: `observations of ${describeSpace(space)}`,
    expected: `Pong's picture, ${channels.map((depth) => `Box<[${HEIGHT}, ${WIDTH}, ${depth}]>`).join(' or ')}`,
    remedy: 'Put this stage directly behind pong().',
  });
}
