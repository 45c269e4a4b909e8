import type { CurveSettings } from './curve-options.js';
import type { CurveSeries } from './curve-series.js';
import { timeUnit } from './time-unit.js';

/** What is drawn: series in the units of the axes, and settings that say so. */
export interface Prepared {
  readonly series: readonly CurveSeries[];
  readonly settings: CurveSettings;
}

/** Puts seconds into the unit that suits them, and makes gaps of what a logarithmic axis has no place for. */
export function prepareSeries(series: readonly CurveSeries[], settings: CurveSettings): Prepared {
  const unit = settings.xUnit === 'seconds' ? timeUnit(lastX(series)) : undefined;
  const scaled = { x: settings.xScale === 'log' ? positive : any, y: settings.yScale === 'log' ? positive : any };
  const toX = (x: number) => scaled.x(x / (unit?.seconds ?? 1));
  const prepared = series.map(({ label, points, band }) => ({
    label,
    points: points.map(({ x, y }) => ({ x: toX(x), y: scaled.y(y) })),
    ...(band && {
      band: { ...band, points: band.points.map(({ x, low, high }) => ({ x: toX(x), low: scaled.y(low), high: scaled.y(high) })) },
    }),
  }));
  const xLabel = unit === undefined ? settings.xLabel : `${settings.xLabel} (${unit.name})`;
  return { series: prepared, settings: { ...settings, xLabel, note: settings.note ?? noteOf(series) } };
}

function lastX(series: readonly CurveSeries[]): number {
  return Math.max(0, ...series.map(({ points }) => points.reduce((last, { x }) => (Number.isFinite(x) ? Math.max(last, x) : last), 0)));
}

/** What the curves with bands are: each kind of band once, with its numbers of runs. */
function noteOf(series: readonly CurveSeries[]): string {
  const bands = series.flatMap(({ band }) => (band === undefined ? [] : [band]));
  const labels = [...new Set(bands.map(({ label }) => label))];
  const counts = (label: string) => [...new Set(bands.filter((band) => band.label === label).map(({ runs }) => runs))].sort((a, b) => a - b);
  return labels.map((label) => `median of ${counts(label).join(' or ')} ${label}`).join('; ');
}

function positive(value: number): number {
  return value > 0 ? any(value) : Number.NaN;
}

/** Beyond this, the length of an axis would not be a number. */
function any(value: number): number {
  return Math.abs(value) < 1e300 ? value : Number.NaN;
}
