import { cos, type Picture, requireArgument, sin } from '@pg/core';
import type { Color } from './color.js';
import { paintPolygon } from './fill-polygon.js';
import type { Point } from './point.js';
import { requirePoint } from './require-point.js';

/** A disc, in pixels. */
export interface Disc {
  /** Its middle. */
  readonly center: Point;
  /** From the middle to the edge. */
  readonly radius: number;
}

/**
 * Fills a disc; see {@link fillPolygon}. It is a regular polygon of the same area, with so many corners that none is 1/50 pixel
 * off the circle.
 */
export function fillDisc(picture: Picture, disc: Disc, color: Color): void {
  const { center, radius } = disc ?? {};
  requirePoint('fillDisc', 'center', center);
  requireArgument(typeof radius === 'number', 'fillDisc', { name: 'radius', value: radius, expected: 'a number of pixels' });
  paintPolygon('fillDisc', picture, { points: circle(center, radius), color });
}

function circle([x, y]: Point, radius: number): Point[] {
  // r(1 − cos(π/n)) ≈ r(π/n)²/2 is the depth of an edge; beyond 1,000 corners none is seen
  const corners = Number.isFinite(radius) ? Math.min(1000, 4 * Math.ceil(2 + 5 * Math.sqrt(Math.max(0, radius)))) : 4;
  const angle = (2 * Math.PI) / corners;
  // the area of the polygon, n/2·R²·sin(2π/n), is that of the disc
  const outer = radius * Math.sqrt(angle / sin(angle));
  return Array.from({ length: corners }, (_, i) => [x + outer * cos(i * angle), y + outer * sin(i * angle)] as const);
}
