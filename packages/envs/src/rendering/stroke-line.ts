import { type Picture, requireArgument } from '@pg/core';
import type { Color } from './color.js';
import { paintPolygon } from './fill-polygon.js';
import type { Point } from './point.js';
import { requirePoint } from './require-point.js';

/** A straight line with square ends, in pixels. */
export interface Line {
  /** Where it begins. */
  readonly from: Point;
  /** Where it ends; the line goes no further. */
  readonly to: Point;
  /** Across the line; half of it lies on each side. */
  readonly thickness: number;
}

/** Draws a line: a rotated rectangle, see {@link fillPolygon}. A line of length 0 draws nothing. */
export function strokeLine(picture: Picture, line: Line, color: Color): void {
  const { from, to, thickness } = line ?? {};
  requirePoint('strokeLine', 'from', from);
  requirePoint('strokeLine', 'to', to);
  requireArgument(typeof thickness === 'number', 'strokeLine', { name: 'thickness', value: thickness, expected: 'a number of pixels' });
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length = Math.sqrt(dx * dx + dy * dy);
  const half = length === 0 ? 0 : thickness / (2 * length);
  // from the middle of the line to its side
  const x = -dy * half;
  const y = dx * half;
  const points = [
    [from[0] + x, from[1] + y],
    [to[0] + x, to[1] + y],
    [to[0] - x, to[1] - y],
    [from[0] - x, from[1] - y],
  ] as const;
  paintPolygon('strokeLine', picture, { points, color });
}
