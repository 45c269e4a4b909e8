import { type Axis, axis } from './axis.js';
import type { CurveSettings } from './curve-options.js';
import { type CurveSeries, isFinitePoint } from './curve-series.js';
import { extent, returnDomain, stepDomain } from './domains.js';
import { textWidth } from './svg.js';
import { wrapText } from './wrap-text.js';

/** Where everything in a plot lies, in pixels from the top left. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: Axis;
  readonly y: Axis;
  /** The lines of the title and of the note below it, as they fit. */
  readonly title: readonly string[];
  readonly note: readonly string[];
}

/** Font sizes in pixels. */
export const fontSize = { tick: 12, label: 13, title: 16 } as const;

/** From one line of text to the next, in pixels. */
export const lineHeight = { title: 21, note: 16 } as const;

/** Lays out a plot: margins as wide as their labels, and axes over all the data. */
export function layOut(series: readonly CurveSeries[], settings: CurveSettings): Frame {
  const points = series.flatMap((one) => [...one.points, ...edges(one)]);
  const right = settings.width - endLabelRoom(series, settings.width);
  const { title, note } = headings(settings, right - 60);
  const [top, bottom] = [topMargin(title, note), settings.height - 52];
  const y = axis({
    kind: settings.yScale,
    domain: returnDomain(points, settings.reference?.y, settings.yScale),
    range: [bottom, top],
    count: tickCount(bottom - top, 50),
    nice: true,
  });
  const widest = Math.max(0, ...y.ticks.map(({ label }) => textWidth(label, fontSize.tick)));
  const left = Math.ceil(widest) + 46;
  const domain = settings.xScale === 'log' ? extent(points.filter(isFinitePoint).map((point) => point.x)) : stepDomain(points);
  const x = axis({ kind: settings.xScale, domain, range: [left, right], count: tickCount(right - left, 90), nice: false });
  return { left, right, top, bottom, x, y, title, note };
}

function edges({ band }: CurveSeries) {
  return (band?.points ?? []).flatMap(({ x, low, high }) => [
    { x, y: low },
    { x, y: high },
  ]);
}

/** Title and note in as many lines as the height has room for. */
function headings({ title, note, height }: CurveSettings, width: number): Pick<Frame, 'title' | 'note'> {
  const lines = Math.max(1, Math.min(3, Math.floor(height / 150)));
  return {
    title: title === '' ? [] : wrapText(title, { width, fontSize: fontSize.title, lines }),
    note: note ? wrapText(note, { width, fontSize: fontSize.tick, lines }) : [],
  };
}

function topMargin(title: readonly string[], note: readonly string[]): number {
  return 20 + (title.length === 0 ? 0 : 26 + (title.length - 1) * lineHeight.title) + (note.length === 0 ? 0 : 18 + (note.length - 1) * lineHeight.note);
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
