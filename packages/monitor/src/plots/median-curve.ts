import { parseOptions } from '@pg/core';
import * as z from 'zod/mini';
import { requireList, requireText } from '../checks/require.js';
import { type CurvePoint, type CurveSeries, isFinitePoint } from './curve-series.js';
import { requirePoints } from './require-series.js';

/** How several runs become one curve. */
export interface MedianCurveOptions {
  /** What the area around the median covers: all runs, or their middle half. Default "range". */
  readonly band?: 'range' | 'quartiles';
  /**
   * What becomes of a run that ends before the longest one: the curve is cut where the first run ends, or a run keeps its last value,
   * which is fair where runs end because they have reached their goal. Default "cut".
   */
  readonly ended?: 'cut' | 'hold';
  /** What the runs are called in the plot's note. Default "runs"; "seeds" where they differ in nothing else. */
  readonly noun?: string;
}

/** The fields of a schema for how several runs become one curve. */
export const medianFields = {
  band: z._default(z.enum(['range', 'quartiles']), 'range'),
  ended: z._default(z.enum(['cut', 'hold']), 'cut'),
};

const schema = z.strictObject({ ...medianFields, noun: z._default(z.string(), 'runs') });

const bandNames = { range: 'from the lowest to the highest', quartiles: 'from the lower to the upper quartile' } as const;

const endNotes = { cut: ', until the first has ended', hold: '; those that have ended keep their last value' } as const;

/** More places than this no picture shows. */
const mostPlaces = 1000;

/**
 * Several runs of the same settings as one curve: their median at every place that one of them has, and the area between the
 * outermost of them or between their quartiles. Runs are joined by straight lines between their points. It begins where all runs have
 * begun: before that it would tell of some of them only. Where some are much shorter than others, the plot says what became of them. Quartiles are interpolated as NumPy's are.
 *
 * @param label - the curve's name
 * @param runs - the points of each run, in ascending order of x
 * @throws InvalidOptionsError for a wrong option
 *
 * @example
 * ```ts
 * const svg = learningCurve([medianCurve('A2C', [runA, runB, runC], { noun: 'seeds' })]);
 * ```
 */
export function medianCurve(label: string, runs: readonly (readonly CurvePoint[])[], options: MedianCurveOptions = {}): CurveSeries {
  const { band, ended, noun } = parseOptions('medianCurve', schema, options);
  requireText('medianCurve', 'label', label);
  for (const points of requireList('medianCurve', 'runs', runs)) requirePoints('medianCurve', points);
  const drawn = runs.map((points) => points.filter(isFinitePoint)).filter((points) => points.length > 0);
  if (drawn.length < 2) return { label, points: drawn[0] ?? [] };
  const [outer, inner] = band === 'range' ? [0, 1] : [0.25, 0.75];
  const at = places(drawn, ended).map((x) => ({ x, values: drawn.map((points) => interpolate(points, x)).sort((a, b) => a - b) }));
  return {
    label,
    points: at.map(({ x, values }) => ({ x, y: quantile(values, 0.5) })),
    band: {
      runs: drawn.length,
      label: `${noun}, ${bandNames[band]}${endNote(drawn, ended)}`,
      points: at.map(({ x, values }) => ({ x, low: quantile(values, outer), high: quantile(values, inner) })),
    },
  };
}

/** What is said of runs that end at different places: nothing where the longest is hardly longer than the shortest. */
function endNote(runs: readonly (readonly CurvePoint[])[], ended: 'cut' | 'hold'): string {
  const ends = runs.map((points) => points.at(-1)!.x);
  const begin = Math.min(...runs.map((points) => points[0]!.x));
  const [shortest, longest] = [Math.min(...ends) - begin, Math.max(...ends) - begin];
  return shortest >= 0.95 * longest ? '' : endNotes[ended];
}

/** Every x of every run from where the last run begins to where the first (or with "hold" the last) run ends, thinned out evenly. */
function places(runs: readonly (readonly CurvePoint[])[], ended: 'cut' | 'hold'): number[] {
  const begin = Math.max(...runs.map((points) => points[0]!.x));
  const ends = runs.map((points) => points.at(-1)!.x);
  const end = ended === 'cut' ? Math.min(...ends) : Math.max(...ends);
  const all = [...new Set(runs.flatMap((points) => points.map(({ x }) => x)))].filter((x) => x >= begin && x <= end).sort((a, b) => a - b);
  if (all.length <= mostPlaces) return all;
  return Array.from({ length: mostPlaces }, (_, place) => all[Math.round((place * (all.length - 1)) / (mostPlaces - 1))]!);
}

/** The height of the line through the points; after its end, its last height. */
function interpolate(points: readonly CurvePoint[], x: number): number {
  let [low, high] = [0, points.length - 1];
  if (x >= points[high]!.x) return points[high]!.y;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.x <= x) low = middle;
    else high = middle;
  }
  const [left, right] = [points[low]!, points[high]!];
  if (right.x === left.x) return left.y;
  return left.y + ((right.y - left.y) * (x - left.x)) / (right.x - left.x);
}

/** Of ascending values, the one below which this part of them lies, by straight lines between neighbours. */
function quantile(ascending: readonly number[], part: number): number {
  const place = part * (ascending.length - 1);
  const below = ascending[Math.floor(place)]!;
  return below + (ascending[Math.ceil(place)]! - below) * (place % 1);
}
