import { halo, ink } from './colors.js';
import { type CurveSettings, type LearningCurveOptions, parseCurveOptions } from './curve-options.js';
import { type CurveSeries, isFinitePoint } from './curve-series.js';
import { drawAxes } from './draw-axes.js';
import { drawBands, drawCurves } from './draw-curves.js';
import { drawEndLabels } from './draw-end-labels.js';
import { drawReference } from './draw-reference.js';
import { type Frame, fontSize, layOut, lineHeight } from './frame.js';
import { prepareSeries } from './prepare-series.js';
import { requireSeries } from './require-series.js';
import { element, escapeXml, textAt } from './svg.js';

/**
 * Draws one or several runs as an SVG document: mean return over environment steps, or any quantity over any other, such as
 * wall-clock time, on even or logarithmic axes. `metricCurve` takes points from the rows of a run, `medianCurve` makes one curve with
 * a band of several seeds.
 *
 * Points that are not finite, or beyond ±1e300, are gaps; a single point is a dot; without any, the plot says that no episode has finished yet.
 * Series of more than a thousand points are thinned without losing a peak. The same input gives the same bytes.
 *
 * @param series - the curves, drawn in this order
 * @returns the document, to be written to a file or put into a page
 * @throws InvalidOptionsError for a wrong option
 *
 * @example
 * ```ts
 * const points = [{ x: 0, y: 20 }, { x: 50_000, y: 210 }, { x: 100_000, y: 475 }];
 * const svg = learningCurve([{ label: 'A2C', points }], { title: 'CartPole-v1', reference: { y: 475, label: 'solved at 475' } });
 * ```
 */
export function learningCurve(series: readonly CurveSeries[], options: LearningCurveOptions = {}): string {
  requireSeries('learningCurve', series);
  const prepared = prepareSeries(series, parseCurveOptions('learningCurve', options));
  return drawPlot(prepared.series, prepared.settings);
}

function drawPlot(series: readonly CurveSeries[], settings: CurveSettings): string {
  const frame = layOut(series, settings);
  const { width, height, title, reference } = settings;
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    'font-family': "'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans', sans-serif",
    'font-size': fontSize.tick,
    fill: ink.text,
  };
  const parts = [
    element('title', {}, escapeXml(title === '' ? `${settings.yLabel} over ${settings.xLabel}` : title)),
    element('rect', { width, height, fill: ink.paper }),
    ...drawTitle(frame),
    ...drawAxes(frame, settings),
    ...(reference === undefined ? [] : drawReference(reference, frame)),
    ...drawBands(series, frame),
    element(
      'g',
      { fill: 'none', 'stroke-width': 1.6, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' },
      ...drawCurves(series, frame, settings.markers),
      '',
    ),
    ...drawEndLabels(series, frame, width),
    ...drawEmptiness(series, frame, settings),
  ];
  return `${element('svg', attributes, `\n${parts.join('\n')}\n`)}\n`;
}

function drawTitle({ left, right, top, title, note }: Frame): string[] {
  const middle = (left + right) / 2;
  const heading = { 'text-anchor': 'middle', 'font-size': fontSize.title, 'font-weight': 600 };
  const below = { 'text-anchor': 'middle', fill: ink.axis };
  const last = top - 17;
  return [
    ...title.map((line, at) => textAt(middle, 28 + at * lineHeight.title, line, heading)),
    ...note.map((line, at) => textAt(middle, last - (note.length - 1 - at) * lineHeight.note, line, below)),
  ];
}

/** Said in the lower half, because a reference line without data lies in the middle. */
function drawEmptiness(series: readonly CurveSeries[], { left, right, top, bottom }: Frame, { yLabel, xScale, yScale }: CurveSettings): string[] {
  if (series.some(({ points }) => points.some(isFinitePoint))) return [];
  const attributes = { 'text-anchor': 'middle', 'font-size': fontSize.label, fill: ink.axis, ...halo };
  const nothing = yLabel === 'mean return' ? 'no finished episode yet' : 'nothing to draw yet';
  const text = xScale === 'log' || yScale === 'log' ? 'nothing above 0 to draw on a logarithmic axis' : nothing;
  return [textAt((left + right) / 2, top + (bottom - top) * 0.7, text, attributes)];
}
