import type { Box, Stage } from '@pg/core';
import { differenceStage, type PongPicture, requirePongPicture } from './difference.js';

/**
 * Karpathy's preprocessing of Pong (Pong from Pixels, 2016): every second row from 35 to 193 and every second column, 1 where
 * the red channel is not the background's (144, or 109 at a reset), minus the same of the observation before, which is zero
 * at an episode's start. 80 × 80, flat: [210, 160, 3] → [6400].
 *
 * Directly behind `pong()` no picture is drawn for it.
 *
 * @throws InvalidOptionsError when observations are not Pong's picture in colours
 */
export function karpathyDifference(): (space: PongPicture) => Stage<Box<readonly [6400]>> {
  return (space) => {
    requirePongPicture('karpathyDifference', space);
    return differenceStage('karpathyDifference', { mask: { top: 35, step: 2, channel: 0, erased: [144, 109] }, lag: 1 });
  };
}
