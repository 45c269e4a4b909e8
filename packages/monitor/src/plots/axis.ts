import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale';
import type { AxisScale } from './curve-options.js';
import type { Domain } from './domains.js';
import { tickLabels } from './tick-label.js';

/** One axis: where values lie in pixels, and its ticks. */
export interface Axis {
  readonly scale: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** What an axis is made from. */
export interface AxisOptions {
  readonly kind: AxisScale;
  /** `undefined` without data: then there are no ticks, as their numbers would mean nothing. */
  readonly domain: Domain | undefined;
  /** Where it begins and ends, in pixels. */
  readonly range: readonly [number, number];
  /** About how many ticks. */
  readonly count: number;
  /** Whether it is made longer, to round numbers. */
  readonly nice: boolean;
}

/** Lays out an axis. */
export function axis({ kind, domain, range, count, nice }: AxisOptions): Axis {
  const scale: ScaleContinuousNumeric<number, number> = (kind === 'log' ? scaleLog() : scaleLinear()).domain(domain ?? [1, 10]).range(range);
  if (nice) scale.nice(count);
  const values = domain === undefined ? [] : kind === 'log' ? logTicks(scale.domain() as [number, number], count) : scale.ticks(count);
  const labels = tickLabels(values);
  return { scale: (value) => scale(value), ticks: values.map((value, tick) => ({ at: scale(value), label: labels[tick]! })) };
}

/** Powers of ten, some or all of them; 1, 2 and 5 times them where there are few; round numbers where there is none. */
function logTicks([low, high]: readonly [number, number], count: number): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const every = Math.max(1, Math.ceil((last - first) / count));
  const multiples = last - first > count / 2 ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = first; power <= last; power += every) {
    for (const multiple of multiples) ticks.push(Number(`${multiple}e${power}`));
  }
  const shown = ticks.filter((tick) => tick >= low && tick <= high);
  return shown.length >= 2 ? shown : scaleLinear([low, high], [0, 1]).ticks(count);
}
