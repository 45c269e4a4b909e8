import { type Picture, requireArgument } from '@pg/core';
import type { Color } from './color.js';
import { paintPolygon } from './fill-polygon.js';

/** An upright rectangle, in pixels. */
export interface Rectangle {
  /** Distance from the picture's left side. */
  readonly left: number;
  /** Distance from the picture's upper side. */
  readonly top: number;
  /** To the right from `left`. */
  readonly width: number;
  /** Down from `top`. */
  readonly height: number;
}

/** Fills an upright rectangle; see {@link fillPolygon}. */
export function fillRectangle(picture: Picture, rectangle: Rectangle, color: Color): void {
  const { left, top, width, height } = rectangle ?? {};
  for (const [name, value] of Object.entries({ left, top, width, height })) {
    requireArgument(typeof value === 'number', 'fillRectangle', { name, value, expected: 'a number of pixels' });
  }
  const right = left + width;
  const bottom = top + height;
  const points = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const;
  paintPolygon('fillRectangle', picture, { points, color });
}
