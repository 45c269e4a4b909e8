import { area, line } from 'd3-shape';
import { strokeOf } from './colors.js';
import { type BandPoint, type CurvePoint, type CurveSeries, isFinitePoint } from './curve-series.js';
import { downsample } from './downsample.js';
import type { Frame } from './frame.js';
import { element, round } from './svg.js';

/** The lines of all series; a series of a single point is a dot, and with `markers` every point is one. */
export function drawCurves(series: readonly CurveSeries[], { x, y }: Frame, markers: boolean): string[] {
  const path = line<CurvePoint>()
    .defined(isFinitePoint)
    .x((point) => round(x.scale(point.x)))
    .y((point) => round(y.scale(point.y)));
  return series.flatMap(({ points }, index) => {
    const { color, dash } = strokeOf(index);
    const finite = points.filter(isFinitePoint);
    if (finite.length === 0) return [];
    const dot = (point: CurvePoint) => element('circle', { cx: x.scale(point.x), cy: y.scale(point.y), r: 4, fill: color });
    if (finite.length === 1) return finite.map(dot);
    const curve = element('path', { d: path(downsample(points))!, stroke: color, ...(dash === '' ? {} : { 'stroke-dasharray': dash }) });
    return markers ? [curve, ...finite.map(dot)] : [curve];
  });
}

/** The areas around the curves that have one; they are drawn before all curves, so that they hide none. */
export function drawBands(series: readonly CurveSeries[], { x, y }: Frame): string[] {
  const outline = area<BandPoint>()
    .defined((point) => Number.isFinite(point.x) && Number.isFinite(point.low) && Number.isFinite(point.high))
    .x((point) => round(x.scale(point.x)))
    .y0((point) => round(y.scale(point.low)))
    .y1((point) => round(y.scale(point.high)));
  return series.flatMap(({ band }, index) =>
    band === undefined ? [] : [element('path', { d: outline(band.points) ?? '', fill: strokeOf(index).color, 'fill-opacity': 0.18, stroke: 'none' })],
  );
}
