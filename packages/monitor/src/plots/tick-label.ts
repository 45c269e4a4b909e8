import { compactNumber } from '../numbers/compact-number.js';

/** Labels for the ticks of one axis: plain numbers on small axes, 500k and 1M on large ones. */
export function tickLabels(ticks: readonly number[]): string[] {
  const large = ticks.some((tick) => Math.abs(tick) >= 10_000);
  return ticks.map((tick) => (large ? compactNumber(tick, 7) : String(Number(tick.toPrecision(12)))).replace('-', '−'));
}
