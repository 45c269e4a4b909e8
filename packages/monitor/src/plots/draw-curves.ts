import { line } from 'd3-shape';
import { strokeOf } from './colors.js';
import { type CurvePoint, type CurveSeries, isFinitePoint } from './curve-series.js';
import { downsample } from './downsample.js';
import type { Frame } from './frame.js';
import { element, round } from './svg.js';

/** The lines of all series; a series of a single point is a dot. */
export function drawCurves(series: readonly CurveSeries[], { x, y }: Frame): string[] {
  const path = line<CurvePoint>()
    .defined(isFinitePoint)
    .x((point) => round(x.scale(point.x)))
    .y((point) => round(y.scale(point.y)));
  return series.flatMap(({ points }, index) => {
    const { color, dash } = strokeOf(index);
    const finite = points.filter(isFinitePoint);
    if (finite.length === 0) return [];
    const [only] = finite;
    if (finite.length === 1) return [element('circle', { cx: x.scale(only!.x), cy: y.scale(only!.y), r: 4, fill: color })];
    return [element('path', { d: path(downsample(points))!, stroke: color, ...(dash === '' ? {} : { 'stroke-dasharray': dash }) })];
  });
}
