import { type CurvePoint, isFinitePoint } from './curve-series.js';

const buckets = 500;

/**
 * At most about 1000 of many points, for drawing: the points are cut into 500 runs of equal length, and of each the lowest and
 * the highest are kept, in their order, and so are the first and the last point. No peak is lost. A run without a finite point
 * stays a gap. A thousand points or fewer are returned as they are.
 */
export function downsample(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= 2 * buckets) return points;
  const kept = new Set<CurvePoint>([points[0]!]);
  for (let bucket = 0; bucket < buckets; bucket++) {
    const begin = Math.floor((bucket * points.length) / buckets);
    const end = Math.floor(((bucket + 1) * points.length) / buckets);
    for (const point of extremes(points, begin, end)) kept.add(point);
  }
  kept.add(points[points.length - 1]!);
  return [...kept];
}

/** The lowest and the highest finite point of a stretch in their order, or its first point when none is finite. */
function extremes(points: readonly CurvePoint[], begin: number, end: number): CurvePoint[] {
  let [low, high] = [-1, -1];
  for (let at = begin; at < end; at++) {
    if (!isFinitePoint(points[at]!)) continue;
    if (low < 0 || points[at]!.y < points[low]!.y) low = at;
    if (high < 0 || points[at]!.y > points[high]!.y) high = at;
  }
  if (low < 0) return [points[begin]!];
  return [points[Math.min(low, high)]!, points[Math.max(low, high)]!];
}
