/** An axis: from which to which value, and its ticks. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly number[];
}

/** The finite numbers' smallest and largest; nothing when there are none. */
export function rangeOf(...lists: readonly (readonly number[])[]): readonly [number, number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of lists) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high && value < Number.POSITIVE_INFINITY) high = value;
    }
  }
  return low <= high && low > Number.NEGATIVE_INFINITY ? [low, high] : undefined;
}

/** Steps begin at 0, as runs do, unless the data lies in the right half of that. */
export function stepAxis([low, high]: readonly [number, number], count: number): Axis {
  const begin = low > high / 2 && low < high ? low : Math.min(0, low);
  const end = high > begin ? high : begin + 1;
  const size = tickSize(end - begin, count);
  return { low: begin, high: end, ticks: multiples(size, Math.ceil(begin / size), Math.floor(end / size)) };
}

/** From one tick to another around the values; a constant gets room above and below. */
export function valueAxis([low, high]: readonly [number, number], count: number): Axis {
  const room = high > low ? 0 : Math.abs(low) * 0.1 || 1;
  const size = tickSize(high - low + 2 * room, count);
  const ticks = multiples(size, Math.floor((low - room) / size), Math.ceil((high + room) / size));
  return { low: ticks[0]!, high: ticks.at(-1)!, ticks };
}

/** 1, 2 or 5 times a power of ten, so that about `count` ticks fit. */
function tickSize(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * 0.999) ?? 10;
  return factor * power;
}

function multiples(size: number, first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * size).toPrecision(12)));
}
