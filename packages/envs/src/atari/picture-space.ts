import { type Box, box, describeSpace, InvalidOptionsError, requireSpace, type Shape, type Space } from '@pg/core';
import { HEIGHT, WIDTH } from './screen-size.js';

/** The space of each kind of picture. */
export interface AtariPictures {
  /** The screen in colours. */
  readonly rgb: Box<readonly [210, 160, 3], 'uint8'>;
  /** The screen in gray. */
  readonly grayscale: Box<readonly [210, 160, 1], 'uint8'>;
}

/** The space of a kind of picture. */
export function pictureSpace(kind: keyof AtariPictures): Box<Shape, 'uint8'> {
  return box({ shape: [HEIGHT, WIDTH, kind === 'rgb' ? 3 : 1], low: 0, high: 255, dtype: 'uint8' });
}

/** What a stage needs to stand behind. */
export interface PictureSource {
  /** The channels that its pictures may have. */
  readonly channels: readonly number[];
  /** Whose pictures, and where they come from, in words. */
  readonly picture: string;
  readonly from: string;
}

/** Refuses observations that are not a game's picture, [210, 160, channels] in bytes; for JavaScript callers, whom the types do not stop. */
export function requirePicture(where: string, space: Space, { channels, picture, from }: PictureSource): void {
  requireSpace(where, space);
  const [height, width, depth]: Shape = space.kind === 'box' ? space.shape : [];
  if (height === HEIGHT && width === WIDTH && channels.includes(depth!)) return;
  throw new InvalidOptionsError({
    where,
    got: `observations of ${describeSpace(space)}`,
    expected: `${picture}, ${channels.map((depth) => `Box<[${HEIGHT}, ${WIDTH}, ${depth}]>`).join(' or ')}`,
    remedy: `Put this stage directly behind ${from}.`,
  });
}
