import type { AxisScale } from './curve-options.js';
import type { CurvePoint } from './curve-series.js';

/** The smallest and the largest value on an axis. */
export type Domain = readonly [low: number, high: number];

/** The finite numbers' range, or `undefined` when there are none. */
export function extent(values: Iterable<number>): Domain | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : undefined;
}

/** Steps begin at 0, as runs do, unless the data lies in the right half of that: a resumed run is not squeezed against the edge. */
export function stepDomain(points: readonly CurvePoint[]): Domain | undefined {
  const range = extent(points.map((point) => point.x));
  if (range === undefined) return undefined;
  const [low, high] = range;
  const begin = low < high && low > high / 2 ? low : Math.min(0, low);
  return [begin, high > begin ? high : begin + 1];
}

/** All returns and the reference line; a constant return gets room above and below. */
export function returnDomain(points: readonly CurvePoint[], reference: number | undefined, scale: AxisScale): Domain | undefined {
  const drawn = points.filter((point) => Number.isFinite(point.x)).map((point) => point.y);
  const range = extent(reference === undefined ? drawn : [...drawn, reference]);
  if (range === undefined) return undefined;
  const [low, high] = range;
  if (high > low) return range;
  if (scale === 'log') return [low / 2, low * 2];
  const room = Math.abs(low) * 0.1 || 1;
  return [low - room, low + room];
}
