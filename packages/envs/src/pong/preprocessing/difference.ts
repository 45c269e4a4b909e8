import { type Box, frameDifference, type Space, type Stage, sequence } from '@pg/core';
import { requirePicture } from '../../atari/picture-space.js';
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

/** Refuses observations that are not Pong's picture in colours. */
export function requirePongPicture(where: string, space: Space): void {
  requirePicture(where, space, { channels: [3], picture: "Pong's picture", from: 'pong()' });
}
