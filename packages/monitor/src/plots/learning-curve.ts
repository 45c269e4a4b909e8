import { halo, ink } from './colors.js';
import { type CurveSettings, type LearningCurveOptions, parseCurveOptions } from './curve-options.js';
import { type CurveSeries, isFinitePoint } from './curve-series.js';
import { drawAxes } from './draw-axes.js';
import { drawCurves } from './draw-curves.js';
import { drawEndLabels } from './draw-end-labels.js';
import { drawReference } from './draw-reference.js';
import { type Frame, fontSize, layOut } from './frame.js';
import { element, escapeXml, textAt } from './svg.js';

/**
 * Draws one or several runs as an SVG document: mean return over environment steps.
 *
 * Points that are not finite are gaps; a single point is a dot; without any, the plot says that no episode has finished yet.
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
  const settings = parseCurveOptions('learningCurve', options);
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
    ...drawTitle(frame, settings),
    ...drawAxes(frame, settings),
    ...(reference === undefined ? [] : drawReference(reference, frame)),
    element('g', { fill: 'none', 'stroke-width': 1.6, 'stroke-linejoin': 'round', 'stroke-linecap': 'round' }, ...drawCurves(series, frame), ''),
    ...drawEndLabels(series, frame, width),
    ...drawEmptiness(series, frame),
  ];
  return `${element('svg', attributes, `\n${parts.join('\n')}\n`)}\n`;
}

function drawTitle({ left, right }: Frame, { title }: CurveSettings): string[] {
  if (title === '') return [];
  return [textAt((left + right) / 2, 28, title, { 'text-anchor': 'middle', 'font-size': fontSize.title, 'font-weight': 600 })];
}

/** Said in the lower half, because a reference line without data lies in the middle. */
function drawEmptiness(series: readonly CurveSeries[], { left, right, top, bottom }: Frame): string[] {
  if (series.some(({ points }) => points.some(isFinitePoint))) return [];
  const attributes = { 'text-anchor': 'middle', 'font-size': fontSize.label, fill: ink.axis, ...halo };
  return [textAt((left + right) / 2, top + (bottom - top) * 0.7, 'no finished episode yet', attributes)];
}
