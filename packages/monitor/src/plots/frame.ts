import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { CurveSettings } from './curve-options.js';
import type { CurveSeries } from './curve-series.js';
import { returnDomain, stepDomain } from './domains.js';
import { textWidth } from './svg.js';
import { tickLabels } from './tick-label.js';

/** One axis: where values lie in pixels, and its ticks. */
interface Axis {
  readonly scale: ScaleLinear<number, number>;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

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
  const points = series.flatMap((one) => one.points);
  const top = settings.title === '' ? 20 : 46;
  const bottom = settings.height - 52;
  const returns = returnDomain(points, settings.reference?.y);
  const y = axis(scaleLinear(returns ?? [0, 1], [bottom, top]).nice(tickCount(bottom - top, 50)), returns && tickCount(bottom - top, 50));
  const widest = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, fontSize.tick)));
  const left = Math.ceil(widest) + 46;
  const right = settings.width - endLabelRoom(series, settings.width);
  const steps = stepDomain(points);
  const x = axis(scaleLinear(steps ?? [0, 1], [left, right]), steps && tickCount(right - left, 90));
  return { left, right, top, bottom, x, y };
}

function tickCount(length: number, spacing: number): number {
  return Math.max(2, Math.round(length / spacing));
}

/** Without data (`count` undefined) an axis has no ticks: their numbers would mean nothing. */
function axis(scale: ScaleLinear<number, number>, count: number | undefined): Axis {
  const values = count === undefined ? [] : scale.ticks(count);
  const labels = tickLabels(values);
  return { scale, ticks: values.map((value, tick) => ({ at: scale(value), label: labels[tick]! })) };
}

/** The right margin: room for the names of several series beside their ends. */
function endLabelRoom(series: readonly CurveSeries[], width: number): number {
  if (series.length < 2) return 26;
  const widest = Math.max(...series.map(({ label }) => textWidth(label, fontSize.tick)));
  return Math.min(Math.ceil(widest) + 34, Math.floor(width * 0.3));
}
