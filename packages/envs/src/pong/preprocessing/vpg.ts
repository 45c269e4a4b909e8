import { type Box, checkKeys, describeValue, InvalidOptionsError, type Stage } from '@pg/core';
import { differenceStage, type PongPicture, requirePongPicture } from './difference.js';

/**
 * The preprocessing of a widely copied policy gradient program for Pong: every fourth row from 34 to 190 and every fourth
 * column, 1 where the green channel is not the background's (72; all of a reset's picture is 1), the newest of a window of
 * observations minus the oldest. Zero at an episode's start. 40 × 40, flat: [210, 160, 3] → [1600].
 *
 * Directly behind `pong()` no picture is drawn for it.
 *
 * @param options - `window`: how many observations, both ends included; 3 by default, 2 for neighbours
 * @throws InvalidOptionsError when an option is unknown, observations are not Pong's picture in colours, or the window is not from 2 to 1025
 */
export function vpgDifference(options: { readonly window?: number } = {}): (space: PongPicture) => Stage<Box<readonly [1600]>> {
  checkKeys('vpgDifference', options, ['window']);
  const { window = 3 } = options;
  if (!Number.isInteger(window) || window < 2 || window > 1025) {
    throw new InvalidOptionsError({
      where: 'vpgDifference',
      got: `window: ${describeValue(window)}`,
      expected: 'a whole number from 2 to 1025',
      remedy: 'Change "window".',
    });
  }
  return (space) => {
    requirePongPicture('vpgDifference', space);
    return differenceStage(`vpgDifference(${window})`, { mask: { top: 34, step: 4, channel: 1, erased: [72] }, lag: window - 1 });
  };
}
