import { describeValue, FLOAT32_RANGE, fitsFloat32, InvalidOptionsError } from '@pg/core';

/** Refuses a setting outside [low, high), and one that float32 rounds out of it or to 0. */
export function checkRange(where: string, name: string, value: number, low: number, high: number): void {
  const isWithin = typeof value === 'number' && value >= low && value < high;
  if (isWithin && fitsFloat32(value) && Math.fround(value) < high) return;
  const range = high === Number.POSITIVE_INFINITY ? `a finite number at least ${low}` : `a number in [${low}, ${high})`;
  const expected = isWithin ? `${range} that stays so in float32: 0, or ${FLOAT32_RANGE}` : range;
  throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy: `Change "${name}".` });
}
