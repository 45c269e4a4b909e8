/** The distribution of some numbers, as TensorBoard stores one. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  /** How many numbers. */
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper ends of the buckets, ascending. */
  readonly limits: readonly number[];
  /** How many numbers are in each bucket. */
  readonly buckets: readonly number[];
}

/** TensorFlow's buckets: from 1e-12 to 1e20 each a tenth wider than the one before, the same below zero, and zero between them. */
const limits = bucketLimits();

function bucketLimits(): Float64Array {
  const positive: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit);
  positive.push(Number.MAX_VALUE);
  const negative = positive.map((limit) => -limit).reverse();
  return Float64Array.from([...negative, 0, ...positive]);
}

/**
 * The histogram of numbers; those that are not finite are left out. A bucket holds the numbers from the limit before it, included, to
 * its own, excluded. Neighbouring empty buckets are one, as in TensorFlow.
 */
export function histogramOf(values: ArrayLike<number>): Histogram {
  const buckets = new Float64Array(limits.length);
  let [min, max, count, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!Number.isFinite(value)) continue;
    buckets[bucketOf(value)]! += 1;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count += 1;
    sum += value;
    sumOfSquares += value * value;
  }
  return { min, max, count, sum, sumOfSquares, ...mergeEmpty(buckets) };
}

/** The first bucket whose limit is above the value. */
function bucketOf(value: number): number {
  let [low, high] = [0, limits.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (limits[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function mergeEmpty(counts: Float64Array): Pick<Histogram, 'limits' | 'buckets'> {
  const merged = { limits: [] as number[], buckets: [] as number[] };
  counts.forEach((count, bucket) => {
    const last = merged.buckets.length - 1;
    if (count === 0 && merged.buckets[last] === 0) merged.limits[last] = limits[bucket]!;
    else {
      merged.limits.push(limits[bucket]!);
      merged.buckets.push(count);
    }
  });
  return merged;
}
