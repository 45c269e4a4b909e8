import { describeValue, FLOAT32_RANGE, fitsFloat32, InvalidOptionsError } from '@pg/core';

/** Refuses what would make NaN, infinity or another number of every starting value. */
export function checkNumber(where: string, name: string, value: number): void {
  if (fitsFloat32(value)) return;
  const expected = Number.isFinite(value) ? `0, or a number of a size from ${FLOAT32_RANGE}` : 'a finite number';
  throw new InvalidOptionsError({ where, got: `${name}: ${describeValue(value)}`, expected, remedy: `Change "${name}".` });
}
