import type { ReferenceLine } from '../../plots/curve-options.js';
import { tickLabels } from '../../plots/tick-label.js';
import { type Axis, rangeOf, valueAxis } from './axis.js';
import { svg } from './elements.js';
import type { Place } from './paths.js';
import type { PlacedCurve } from './thin.js';
import type { LabelledAxis, XAxis } from './x-axis.js';

/** Where everything in a chart lies, in pixels. */
export interface Frame {
  readonly x: LabelledAxis;
  readonly y: Axis;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly place: Place;
}

/** What is laid out. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly reference: ReferenceLine | null;
  readonly over: XAxis;
}

/** Lays out a chart; nothing for a curve without values. The axis is for the means: a single outlier must not flatten a curve. */
export function layOut({ xs, mean }: PlacedCurve, { width, height, reference, over }: Layout): Frame | undefined {
  const values = rangeOf(mean);
  if (values === undefined) return undefined;
  const [right, top, bottom] = [width - 12, 8, height - 22];
  const y = valueAxis(rangeOf(values, reference === null ? [] : [reference.y])!, (bottom - top) / 42);
  const left = 14 + 7 * Math.max(3, ...tickLabels(y.ticks).map((label) => label.length));
  const x = over.layOut(rangeOf(xs)!, (right - left) / 100);
  const part = ({ low, high }: Axis, value: number) => Math.min(1, Math.max(0, (value - low) / (high - low)));
  const place = { x: (value: number) => left + part(x, value) * (right - left), y: (value: number) => bottom - part(y, value) * (bottom - top) };
  return { x, y, left, right, top, bottom, place };
}

/** Grid, axis and ticks. */
export function drawAxes({ x, y, left, right, bottom, place }: Frame): SVGElement[] {
  const yLabels = tickLabels(y.ticks);
  // a label at the right edge stays inside
  const anchor = (at: number) => (at > right - 14 ? 'end' : 'middle');
  return [
    ...y.ticks.map((tick) => svg('line', { class: 'grid', x1: left, x2: right, y1: place.y(tick), y2: place.y(tick) })),
    svg('line', { class: 'axis', x1: left, x2: right, y1: bottom, y2: bottom }),
    ...y.ticks.map((tick, i) => svg('text', { x: left - 7, y: place.y(tick) + 4, 'text-anchor': 'end' }, yLabels[i]!)),
    ...x.ticks.map((tick, i) => svg('text', { x: place.x(tick), y: bottom + 17, 'text-anchor': anchor(place.x(tick)) }, x.labels[i]!)),
  ];
}

/** A dashed level with its name, which lies below where there is no room above. */
export function drawReference({ y, label }: ReferenceLine, { place, left, right, top }: Frame): SVGElement[] {
  const at = place.y(y);
  return [
    svg('line', { class: 'reference', x1: left, x2: right, y1: at, y2: at }),
    svg('text', { class: 'reference-label', x: left + 8, y: at - top < 18 ? at + 15 : at - 6 }, label),
  ];
}
