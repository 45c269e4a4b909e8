import { compactNumber } from '../numbers/compact-number.js';

/** Labels for the ticks of one axis: plain numbers on small axes, 500k and 1M on large ones, unless these are too close together for it. */
export function tickLabels(ticks: readonly number[]): string[] {
  const plain = ticks.map((tick) => String(Number(tick.toPrecision(12))));
  const compact = ticks.map((tick) => compactNumber(tick, 7));
  const large = ticks.some((tick) => Math.abs(tick) >= 10_000) && new Set(compact).size === ticks.length;
  return (large ? compact : plain).map((label) => label.replace('-', '−'));
}
