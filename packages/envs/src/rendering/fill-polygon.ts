import { describeValue, NonFiniteError, type Picture, requireArgument, requirePicture } from '@pg/core';
import { type Color, requireColor } from './color.js';
import type { Point } from './point.js';
import { type Coverage, polygonCoverage } from './polygon-coverage.js';
import { requirePoint } from './require-point.js';

/**
 * Fills a polygon that does not cross itself, antialiased: each pixel takes the color by the exact area that is covered of it.
 * Corners may lie outside the picture; what is outside is not drawn. Changes the picture.
 *
 * @param points - the corners, in either direction
 * @throws NonFiniteError for a corner that is NaN or infinite
 */
export function fillPolygon(picture: Picture, points: readonly Point[], color: Color): void {
  paintPolygon('fillPolygon', picture, { points, color });
}

/** {@link fillPolygon} under another name in its errors. */
export function paintPolygon(where: string, picture: Picture, { points, color }: { points: readonly Point[]; color: Color }): void {
  requirePicture(where, picture);
  requireColor(where, color);
  requireArgument(Array.isArray(points), where, { name: 'points', value: points, expected: 'a list of points [x, y]' });
  for (const point of points) requirePoint(where, 'points', point);
  const wrong = points.find(([x, y]) => !Number.isFinite(x) || !Number.isFinite(y));
  if (wrong !== undefined) {
    throw new NonFiniteError({
      where,
      got: `a corner at ${describeValue(wrong)}`,
      expected: 'finite numbers of pixels',
      remedy: 'Look at the state that is drawn.',
    });
  }
  blend(picture, polygonCoverage(points, picture), color);
}

function blend({ width, data }: Picture, { left, top, columns, rows, areas }: Coverage, color: Color): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const area = areas[row * (columns + 1) + column]!;
      const at = ((top + row) * width + left + column) * 3;
      for (let k = 0; k < 3; k++) data[at + k] = Math.round(data[at + k]! * (1 - area) + color[k]! * area);
    }
  }
}
