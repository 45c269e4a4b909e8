import { type Axis, axis } from './axis.js';
import type { CurveSettings } from './curve-options.js';
import { type CurveSeries, isFinitePoint } from './curve-series.js';
import { extent, returnDomain, stepDomain } from './domains.js';
import { textWidth } from './svg.js';

/** Where everything in a plot lies, in pixels from the top left. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis;
}

/** Font sizes in pixels. */
export const fontSize = { tick: 12, label: 13, title: 16 } as const;

/** Lays out a plot: margins as wide as their labels, and axes over all the data. */
export function layOut(series: readonly CurveSeries[], settings: CurveSettings): Frame {
  const points = series.flatMap((one) => [...one.points, ...edges(one)]);
  const [top, bottom] = [topMargin(settings), settings.height - 52];
  const y = axis({
    kind: settings.yScale,
    domain: returnDomain(points, settings.reference?.y, settings.yScale),
    range: [bottom, top],
    count: tickCount(bottom - top, 50),
    nice: true,
  });
  const widest = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, fontSize.tick)));
  const left = Math.ceil(widest) + 46;
  const right = settings.width - endLabelRoom(series, settings.width);
  const domain = settings.xScale === 'log' ? extent(points.filter(isFinitePoint).map((point) => point.x)) : stepDomain(points);
  const x = axis({ kind: settings.xScale, domain, range: [left, right], count: tickCount(right - left, 90), nice: false });
  return { left, right, top, bottom, x, y };
}

function edges({ band }: CurveSeries) {
  return (band?.points ?? []).flatMap(({ x, low, high }) => [
    { x, y: low },
    { x, y: high },
  ]);
}

function topMargin({ title, note }: CurveSettings): number {
  return 20 + (title === '' ? 0 : 26) + (note ? 18 : 0);
}

function tickCount(length: number, spacing: number): number {
  return Math.max(2, Math.round(length / spacing));
}

/** The right margin: room for the names of several series beside their ends. */
function endLabelRoom(series: readonly CurveSeries[], width: number): number {
  if (series.length < 2) return 26;
  const widest = Math.max(...series.map(({ label }) => textWidth(label, fontSize.tick)));
  return Math.min(Math.ceil(widest) + 34, Math.floor(width * 0.3));
}
