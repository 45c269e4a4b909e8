import { type Box, frameStack, grayscale, resize, type Stage, sequence } from '@pg/core';
import { requirePicture } from './picture-space.js';

/**
 * The preprocessing of DeepMind's experiments (Mnih et al. 2015) but the maximum of two frames, which the games' option
 * `maxOfTwoFrames` takes: luminance, resized to 84 × 84 by area averaging, the last four as channels. Bytes:
 * [210, 160, 3 or 1] → [84, 84, 4].
 *
 * @throws InvalidOptionsError when observations are not an Atari game's picture
 */
export function deepMindFrames(): (
  space: Box<readonly [210, 160, 3], 'uint8'> | Box<readonly [210, 160, 1], 'uint8'>,
) => Stage<Box<readonly [84, 84, 4], 'uint8'>> {
  return (space) => {
    requirePicture('deepMindFrames', space, { channels: [3, 1], picture: "an Atari game's picture", from: 'pong() or breakout()' });
    const gray = isGray(space) ? undefined : grayscale()(space);
    const small = resize([84, 84])(gray === undefined ? (space as Box<readonly [210, 160, 1], 'uint8'>) : gray.space);
    const stacked = frameStack(4)(small.space);
    return sequence('deepMindFrames', gray === undefined ? [small, stacked] : [gray, small, stacked]);
  };
}

function isGray(space: Box<readonly [210, 160, 3 | 1], 'uint8'>): space is Box<readonly [210, 160, 1], 'uint8'> {
  return space.shape[2] === 1;
}
